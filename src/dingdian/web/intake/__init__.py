"""When applications are taken (申请窗口): windows of the bureau, in the names of two people."""
