//! CRC-32C (Castagnoli), which `Content-Digest` may carry beside a real digest. It finds transmission
//! errors; it proves nothing about who wrote the body.

/// The reversed polynomial of RFC 9530's registry entry (RFC 9260 appendix A).
const POLYNOMIAL: u32 = 0x82F6_3B78;

const TABLE: [u32; 256] = table();

/// The checksum of the bytes, big-endian as the digest field carries it.
#[must_use]
pub fn crc32c(bytes: &[u8]) -> [u8; 4] {
    let rest = bytes.iter().fold(u32::MAX, |rest, byte| {
        let [low, ..] = rest.to_le_bytes();
        TABLE[usize::from(low ^ byte)] ^ (rest >> 8)
    });
    (!rest).to_be_bytes()
}

const fn table() -> [u32; 256] {
    let mut table = [0_u32; 256];
    let mut entry = 0;
    let mut seed = 0_u32;
    while entry < table.len() {
        let mut rest = seed;
        let mut bit = 0;
        while bit < 8 {
            rest = if rest & 1 == 1 { (rest >> 1) ^ POLYNOMIAL } else { rest >> 1 };
            bit += 1;
        }
        table[entry] = rest;
        entry += 1;
        seed += 1;
    }
    table
}
