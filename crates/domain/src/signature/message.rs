//! What a signature sees of an HTTP message: borrowed texts, independent of any HTTP library.

/// A header field as received: its name in any case, its value as bytes.
pub type Field<'a> = (&'a str, &'a [u8]);

/// A request, as the server received it or as a client is about to send it.
#[derive(Debug, Clone, Copy)]
pub struct RequestView<'a> {
    /// The method, case kept.
    pub method: &'a str,
    /// `http` or `https`: what the partner dialled, which behind a proxy is not what arrived.
    pub scheme: &'a str,
    /// Host and port, as in `Host` or `:authority`.
    pub authority: &'a str,
    /// The path as sent, percent-encoding kept.
    pub path: &'a str,
    /// What follows the first `?`; `Some("")` when the question mark stands alone.
    pub query: Option<&'a str>,
    /// All header fields, in order.
    pub fields: &'a [Field<'a>],
    /// Whether the request has content, even if its length is not yet known.
    pub has_body: bool,
}

/// A response, with the request it answers where that is known.
#[derive(Debug, Clone, Copy)]
pub struct ResponseView<'a> {
    /// The status code.
    pub status: u16,
    /// All header fields, in order.
    pub fields: &'a [Field<'a>],
    /// The request that components with `;req` speak of.
    pub request: Option<&'a RequestView<'a>>,
}

/// Either kind of message.
#[derive(Debug, Clone, Copy)]
pub enum Message<'a> {
    /// A request.
    Request(&'a RequestView<'a>),
    /// A response.
    Response(&'a ResponseView<'a>),
}

impl<'a> Message<'a> {
    /// The header fields of the message itself.
    #[must_use]
    pub fn fields(&self) -> &'a [Field<'a>] {
        match self {
            Self::Request(request) => request.fields,
            Self::Response(response) => response.fields,
        }
    }
}

/// Whether a field of that lower-case name is present, even empty.
#[must_use]
pub fn has_field(fields: &[Field<'_>], name: &str) -> bool {
    fields.iter().any(|(candidate, _)| candidate.eq_ignore_ascii_case(name))
}

/// The combined value of a field as RFC 9421 §2.1 wants it: each line trimmed, obsolete folding made
/// one space, lines joined by a comma and a space. `None` when the field is absent.
#[must_use]
pub fn combined_field(fields: &[Field<'_>], name: &str) -> Option<Vec<u8>> {
    let mut combined: Option<Vec<u8>> = None;
    for (candidate, value) in fields {
        if !candidate.eq_ignore_ascii_case(name) {
            continue;
        }
        let out = match &mut combined {
            Some(out) => {
                out.extend_from_slice(b", ");
                out
            }
            none => none.insert(Vec::with_capacity(value.len())),
        };
        unfold_into(out, trim_whitespace(value));
    }
    combined
}

/// Replaces each obsolete fold (a line break between runs of blanks) by one space. A line break that
/// is followed by no blank is no fold; it stays and makes the value unsignable later.
fn unfold_into(out: &mut Vec<u8>, mut value: &[u8]) {
    while let Some(at) = value.windows(2).position(|pair| pair == b"\r\n") {
        let (before, after) = (&value[..at], &value[at + 2..]);
        let Some(b' ' | b'\t') = after.first() else {
            break;
        };
        out.extend_from_slice(trim_whitespace(before));
        out.push(b' ');
        value = trim_whitespace(after);
    }
    out.extend_from_slice(value);
}

/// Strips the optional whitespace of HTTP, and line breaks only together with it.
fn trim_whitespace(value: &[u8]) -> &[u8] {
    let is_blank = |byte: &u8| matches!(byte, b' ' | b'\t');
    let Some(start) = value.iter().position(|byte| !is_blank(byte)) else {
        return &[];
    };
    let end = value.iter().rposition(|byte| !is_blank(byte)).map_or(start, |last| last + 1);
    &value[start..end]
}
