"""How far two colours lie apart to an eye: CAM02-UCS under sRGB's viewing conditions, with colour-vision deficiencies.

CIECAM02 after CIE 159:2004, its uniform space after Luo, Cui and Li (2006), deficiencies after Machado, Oliveira and
Fernandes (2009) at full severity.
"""

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

Colour = NDArray[np.float64]

EYES: Final[dict[str, Colour]] = {
    "normal": np.eye(3),
    "protan": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deutan": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritan": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}

_XYZ: Final = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
_WHITE: Final = np.array([95.047, 100.0, 108.883])
_CAT02: Final = np.array([[0.7328, 0.4296, -0.1624], [-0.7036, 1.6975, 0.0061], [0.0030, 0.0136, 0.9834]])
_HPE: Final = np.array([[0.38971, 0.68898, -0.07868], [-0.22981, 1.18340, 0.04641], [0.0, 0.0, 1.0]])
_ADAPTING: Final = 64 / math.pi / 5
_BACKGROUND: Final = 20.0
_AVERAGE: Final = (1.0, 0.69, 1.0)  # F, c, N_c of an average surround


def rgb(code: str) -> Colour:
    """Return `#rrggbb` as three numbers from 0 to 1."""
    return np.array([int(code[start : start + 2], 16) / 255 for start in (1, 3, 5)])


def over(top: str, ground: str, alpha: float) -> Colour:
    """Return a colour laid over another at a strength, as browsers mix them."""
    return alpha * rgb(top) + (1 - alpha) * rgb(ground)


def apart(one: Colour, other: Colour, eye: str) -> float:
    """Return the distance of two sRGB colours as an eye sees them."""
    return float(np.linalg.norm(_uniform(one, EYES[eye]) - _uniform(other, EYES[eye])))


def _uniform(colour: Colour, eye: Colour) -> Colour:
    linear = np.where(colour <= 0.04045, colour / 12.92, ((colour + 0.055) / 1.055) ** 2.4)
    lightness, colourfulness, hue = _appearance(100 * _XYZ @ np.clip(eye @ linear, 0, 1))
    chroma = math.log(1 + 0.0228 * colourfulness) / 0.0228
    return np.array([1.7 * lightness / (1 + 0.007 * lightness), chroma * math.cos(hue), chroma * math.sin(hue)])


def _appearance(xyz: Colour) -> tuple[float, float, float]:
    """Return J, M and h (in radians) of CIECAM02."""
    surround, contrast, induction = _AVERAGE
    k = 1 / (5 * _ADAPTING + 1)
    level = 0.2 * k**4 * 5 * _ADAPTING + 0.1 * (1 - k**4) ** 2 * (5 * _ADAPTING) ** (1 / 3)
    n = _BACKGROUND / _WHITE[1]
    brightness = 0.725 * (1 / n) ** 0.2
    degree = surround * (1 - math.exp((-_ADAPTING - 42) / 92) / 3.6)
    (red, green, blue), white = (_response(each, degree, level) for each in (xyz, _WHITE))
    a = red - 12 * green / 11 + blue / 11
    b = (red + green - 2 * blue) / 9
    hue = math.atan2(b, a)
    achromatic, achromatic_white = (
        (2 * each[0] + each[1] + each[2] / 20 - 0.305) * brightness for each in ((red, green, blue), white)
    )
    lightness = 100 * (achromatic / achromatic_white) ** (contrast * (1.48 + math.sqrt(n)))
    eccentricity = (math.cos(hue + 2) + 3.8) / 4
    t = 50000 / 13 * induction * brightness * eccentricity * math.hypot(a, b) / (red + green + 1.05 * blue)
    chroma = t**0.9 * math.sqrt(lightness / 100) * (1.64 - 0.29**n) ** 0.73
    return lightness, chroma * level**0.25, hue


def _response(xyz: Colour, degree: float, level: float) -> Colour:
    cones = _CAT02 @ xyz
    adapted = cones * (degree * _WHITE[1] / (_CAT02 @ _WHITE) + 1 - degree)
    signal = _HPE @ np.linalg.inv(_CAT02) @ adapted
    power = (level * np.abs(signal) / 100) ** 0.42
    return np.sign(signal) * 400 * power / (power + 27.13) + 0.1
