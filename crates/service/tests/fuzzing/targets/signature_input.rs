//! `Signature-Input` and `Signature` (RFC 9421), from the fields to the signature base.

use tallyport_domain::signature::input::{CarriedSignature, read_labelled_signature, read_tallyport_signature};
use tallyport_domain::signature::{Field, RequestView, verify_plan};

/// What the fields are made of.
pub(crate) const WORDS: &[&str] = &[
    "sig1=",
    ", ",
    "(",
    ")",
    "\"@method\"",
    "\"@authority\"",
    "\"@path\"",
    "\"@query\"",
    "\"@query-param\";name=\"a\"",
    "\"@target-uri\"",
    "\"@request-target\"",
    "\"@status\"",
    "\"@signature-params\"",
    "\"content-digest\"",
    "\"x-note\"",
    ";req",
    ";bs",
    ";sf",
    ";key=\"a\"",
    ";tr",
    ";created=1790000000",
    ";expires=1790000060",
    ";nonce=\"nonce-of-sixteen-chars\"",
    ";keyid=\"ak_1\"",
    ";alg=\"hmac-sha256\"",
    ";tag=\"tallyport\"",
    ":AA==:",
    "?1",
    "-999999999999999",
    "1.5",
    "%\"%c3%bc\"",
    "@1790000000",
    "\\\"",
    "\n",
];

const NOW_MS: i64 = 1_790_000_000_000;

/// The first line is `Signature-Input`, the second `Signature`, the third `Content-Digest`, the fourth a field
/// that is covered at will.
pub(crate) fn run(data: &[u8]) -> String {
    let mut lines = data.splitn(4, |byte| *byte == b'\n');
    let names = ["signature-input", "signature", "content-digest", "x-note"];
    let fields: Vec<Field<'_>> = names.into_iter().filter_map(|name| Some((name, lines.next()?))).collect();
    let request = RequestView {
        method: "POST",
        scheme: "https",
        authority: "pay.example",
        path: "/v1/payments",
        query: Some("a=1&b=%20"),
        fields: &fields,
        has_body: true,
    };
    if let Ok(carried) = read_tallyport_signature(&fields) {
        is_read_back_the_same(&carried);
    }
    match verify_plan(&request, NOW_MS) {
        Ok(plan) => {
            let carried = read_tallyport_signature(&fields).expect("a plan was made of it");
            // One line for each component and one for the parameters: no value may smuggle another in.
            let lines = plan.base.split(|byte| *byte == b'\n').count();
            assert_eq!(lines, carried.covered.components().len() + 1);
            format!("read, covering {}", lines - 1)
        }
        Err(refusal) => refusal.cause().to_owned(),
    }
}

/// What is signed is the canonical text, so reading that again has to give the same signature.
fn is_read_back_the_same(carried: &CarriedSignature) {
    let text = carried.covered.text();
    let input = format!("{}={text}", carried.label);
    let value = format!("{}=:AA==:", carried.label);
    let fields: [Field<'_>; 2] = [("signature-input", input.as_bytes()), ("signature", value.as_bytes())];
    let again = read_labelled_signature(&fields, &carried.label).expect("the canonical text is readable");
    assert_eq!(again.covered.text(), text);
}
