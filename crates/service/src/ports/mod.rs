//! Ports to the outside: the clock and the randomness. Everything else in the service asks these,
//! so that tests can hold time still and repeat themselves.

mod clock;
mod outside_http;
mod randomness;

pub use clock::{Clock, FixedClock, SystemClock};
pub use outside_http::{OutsideHttp, OutsideHttpError};
pub use randomness::{Randomness, SeededRandomness, SystemRandomness, random_bytes};
