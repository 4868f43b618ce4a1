"""Vincenty's direct formula (Survey Review XXIII, 1975): an independent way along the ellipsoid."""

from __future__ import annotations

import math

A, F = 6378137.0, 1 / 298.257223563
B = A * (1 - F)


def destination(lon: float, lat: float, azimuth: float, length_m: float) -> tuple[float, float]:
    """Where one arrives, in degrees, along the geodesic that starts with an azimuth in degrees."""
    bearing = math.radians(azimuth)
    reduced = math.atan((1 - F) * math.tan(math.radians(lat)))
    sin_u, cos_u = math.sin(reduced), math.cos(reduced)
    sigma_1 = math.atan2(math.tan(reduced), math.cos(bearing))
    sin_alpha = cos_u * math.sin(bearing)
    cos2_alpha = 1 - sin_alpha**2
    u2 = cos2_alpha * (A**2 - B**2) / B**2
    big_a = 1 + u2 / 16384 * (4096 + u2 * (-768 + u2 * (320 - 175 * u2)))
    big_b = u2 / 1024 * (256 + u2 * (-128 + u2 * (74 - 47 * u2)))
    sigma = length_m / (B * big_a)
    for _ in range(100):
        mid = math.cos(2 * sigma_1 + sigma)
        deeper = big_b / 6 * mid * (-3 + 4 * math.sin(sigma) ** 2) * (-3 + 4 * mid**2)
        bent = mid + big_b / 4 * (math.cos(sigma) * (-1 + 2 * mid**2) - deeper)
        after = length_m / (B * big_a) + big_b * math.sin(sigma) * bent
        if abs(after - sigma) < 1e-15:
            break
        sigma = after
    sin_s, cos_s = math.sin(sigma), math.cos(sigma)
    flat = sin_u * sin_s - cos_u * cos_s * math.cos(bearing)
    to_lat = math.atan2(
        sin_u * cos_s + cos_u * sin_s * math.cos(bearing),
        (1 - F) * math.hypot(sin_alpha, flat),
    )
    lam = math.atan2(sin_s * math.sin(bearing), cos_u * cos_s - sin_u * sin_s * math.cos(bearing))
    c = F / 16 * cos2_alpha * (4 + F * (4 - 3 * cos2_alpha))
    mid = math.cos(2 * sigma_1 + sigma)
    bend = sigma + c * sin_s * (mid + c * cos_s * (-1 + 2 * mid**2))
    return lon + math.degrees(lam - (1 - c) * F * sin_alpha * bend), math.degrees(to_lat)
