"""证书: a local certificate authority, so that the hall's PCs reach the desk over TLS.

The authority's certificate is installed once on each counter PC; its key never leaves the
server. Source: design rule 17 of docs/architecture.md: a LAN needs TLS too.
"""

import ipaddress
import os
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

AUTHORITY_LASTS = timedelta(days=3650)
#: browsers refuse server certificates that last longer than 398 days
SERVER_LASTS = timedelta(days=397)
CLOCKS_DIFFER = timedelta(hours=1)

Pair = tuple[x509.Certificate, ec.EllipticCurvePrivateKey]


def make_certificates(folder: Path, hall: str, hosts: tuple[str, ...], now: datetime) -> list[Path]:
    """Write `ca.pem` (made once, then kept), and `server.pem` with `server.key` for `hosts`."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    authority = _authority(folder, hall, now)
    key = ec.generate_private_key(ec.SECP256R1())
    server = _server(authority, key, hosts, now)
    _write_key(folder / "server.key", key)
    chain = _pem(server) + _pem(authority[0])
    (folder / "server.pem").write_bytes(chain)
    return [folder / "ca.pem", folder / "server.pem", folder / "server.key"]


def _authority(folder: Path, hall: str, now: datetime) -> Pair:
    certificate, key = folder / "ca.pem", folder / "ca.key"
    if certificate.exists():
        opened = serialization.load_pem_private_key(key.read_bytes(), None)
        assert isinstance(opened, ec.EllipticCurvePrivateKey)
        return x509.load_pem_x509_certificate(certificate.read_bytes()), opened
    made = ec.generate_private_key(ec.SECP256R1())
    name = _name(hall)
    signed = (
        _dated(x509.CertificateBuilder(), now, AUTHORITY_LASTS)
        .subject_name(name)
        .issuer_name(name)
        .public_key(made.public_key())
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(made, hashes.SHA256())
    )
    _write_key(key, made)
    certificate.write_bytes(_pem(signed))
    return signed, made


def _server(
    authority: Pair, key: ec.EllipticCurvePrivateKey, hosts: tuple[str, ...], now: datetime
) -> x509.Certificate:
    issuer, issuer_key = authority
    return (
        _dated(x509.CertificateBuilder(), now, SERVER_LASTS)
        .subject_name(_name(hosts[0]))
        .issuer_name(issuer.subject)
        .public_key(key.public_key())
        .add_extension(x509.SubjectAlternativeName([_host(one) for one in hosts]), critical=False)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .sign(issuer_key, hashes.SHA256())
    )


def _dated(
    builder: x509.CertificateBuilder, now: datetime, lasts: timedelta
) -> x509.CertificateBuilder:
    dated = builder.serial_number(x509.random_serial_number())
    return dated.not_valid_before(now - CLOCKS_DIFFER).not_valid_after(now + lasts)


def _host(text: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(text))
    except ValueError:
        return x509.DNSName(text)


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text[:64])])


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def _write_key(path: Path, key: ec.EllipticCurvePrivateKey) -> None:
    plain = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(plain)
