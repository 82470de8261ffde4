//! Programs that take a payment, shown on the start page and in the guides. They run as they stand.

use crate::components::CodeSample;

const PAYMENT_SH: &str = include_str!("payment.sh");
const PAYMENT_PY: &str = include_str!("payment.py");
const PAYMENT_TS: &str = include_str!("payment.ts");

/// The text of a sample by its file name, with the address of this installation in it.
pub(crate) fn sample_file(name: &str, origin: &str) -> Option<String> {
    let text = match name {
        "payment.sh" => PAYMENT_SH,
        "payment.py" => PAYMENT_PY,
        "payment.ts" => PAYMENT_TS,
        _ => return None,
    };
    Some(text.replace("{{origin}}", origin))
}

/// The first payment in every language we have it in.
pub(crate) fn payment_samples(origin: &str) -> Vec<CodeSample> {
    [("bash", PAYMENT_SH), ("python", PAYMENT_PY), ("typescript", PAYMENT_TS)]
        .into_iter()
        .map(|(language, text)| CodeSample::new(language, text.replace("{{origin}}", origin).trim_end()))
        .collect()
}
