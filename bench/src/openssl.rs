//! What `openssl speed` says of this machine, on one core: the bound of everything that signs or verifies.

use std::process::Command;

use anyhow::{Context, Result, ensure};

/// Signatures per second.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Speed {
    pub(crate) signed: u64,
    pub(crate) verified: u64,
}

/// The speed of an algorithm with two keys, as OpenSSL names it.
pub(crate) fn speed(algorithm: &str) -> Result<Speed> {
    let text = run(&[algorithm])?;
    let (signed, verified) = signatures(&text).with_context(|| format!("openssl speed {algorithm} said {text}"))?;
    Ok(Speed { signed, verified })
}

/// How many texts of so many bytes it authenticates per second with HMAC-SHA256.
pub(crate) fn hmac_speed(bytes: usize) -> Result<u64> {
    let text = run(&["-bytes", &bytes.to_string(), "-hmac", "sha256"])?;
    let per_second = macs(&text, bytes as u64);
    per_second.with_context(|| format!("openssl speed -hmac sha256 said {text}"))
}

fn run(arguments: &[&str]) -> Result<String> {
    // By the clock, as ours is: the time that a core is charged with may be none at all.
    let output = Command::new("openssl").args(["speed", "-elapsed", "-seconds", "1"]).args(arguments).output();
    let output = output.context("cannot run openssl")?;
    ensure!(output.status.success(), "openssl speed: {}", String::from_utf8_lossy(&output.stderr));
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The last line ends with signatures made and verified per second.
fn signatures(text: &str) -> Option<(u64, u64)> {
    let mut columns = text.lines().last()?.split_whitespace().rev();
    let (verified, signed) = (whole(columns.next()?)?, whole(columns.next()?)?);
    Some((signed, verified))
}

/// The last line ends with thousands of bytes per second.
fn macs(text: &str, bytes: u64) -> Option<u64> {
    let thousands = text.lines().last()?.split_whitespace().last()?.strip_suffix('k')?;
    Some(whole(thousands)? * 1000 / bytes)
}

fn whole(number: &str) -> Option<u64> {
    number.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_stand_at_the_end_of_the_last_line() {
        let text = "version: 3.0\n                  sign    verify    sign/s verify/s\n\
                    rsa 2048 bits 0.000245s 0.000016s   4089.3  61635.8\n";
        assert_eq!(signatures(text), Some((4089, 61635)));
        assert_eq!(macs("type            512 bytes\nhmac(sha256)    512000.99k\n", 512), Some(1_000_000));
        assert_eq!(signatures(""), None);
    }
}
