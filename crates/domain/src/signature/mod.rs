//! HTTP message signatures (RFC 9421) and content digests (RFC 9530), as rules over texts.
//!
//! Owns what is signed, how the signature base is spelled and which signatures the open API accepts.
//! It computes no MAC and no hash, knows no key and no clock: bytes come in, bytes go out.
//!
//! A front door proceeds as follows: [`verify_plan`] → look the key up → compare the digest of the
//! body → verify `plan.signature` over `plan.base` → use the nonce up.

pub mod algorithm;
pub mod answer;
pub mod base;
pub mod components;
pub mod crc32c;
pub mod digest;
pub mod input;
pub mod message;
pub mod params;
pub mod plan;
pub mod policy;
mod query_param;
pub mod refusal;
pub mod sign;
mod structured;

pub use algorithm::Algorithm;
pub use answer::{AnswerPlan, answer_components, answer_plan};
pub use components::Component;
pub use digest::ContentDigest;
pub use message::{Field, Message, RequestView, ResponseView};
pub use params::SignatureParams;
pub use plan::{VerifyPlan, verify_plan};
pub use refusal::SignatureRefusal;
