"""Points against the payment qualification of persons (支付资格记分): a register with four eyes."""
