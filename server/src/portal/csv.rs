//! Files for spreadsheets, written while they are read, however long they are.
//!
//! Spreadsheets take a cell that begins like a formula for one, and much of what stands in our files is
//! chosen by strangers; such a cell gets an apostrophe in front, which spreadsheets do not show.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes};
use axum::response::{IntoResponse, Response};
use http::HeaderValue;
use http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use hyper::body::Frame;
use tokio::sync::mpsc;

/// What a file begins with: without this mark, Excel takes UTF-8 for the code page of its Windows and
/// garbles what is not ASCII.
pub(super) const BYTE_ORDER_MARK: char = '\u{feff}';

/// Pieces that wait for a slow reader; the next one is read when there is room.
const WAITING_MAX: usize = 2;

/// A piece of the file, or the fault that cuts it off, so that half a file is not taken for a whole one.
pub(super) type Piece = Result<Bytes, io::Error>;

/// A file that is answered while it is written to the other end, which is returned with it.
pub(super) fn file(disposition: &'static str) -> (mpsc::Sender<Piece>, Response) {
    let (sender, receiver) = mpsc::channel(WAITING_MAX);
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8")),
        (CONTENT_DISPOSITION, HeaderValue::from_static(disposition)),
        (CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    (sender, (headers, Body::new(Pieces(receiver))).into_response())
}

/// One line of cells.
pub(super) fn line<'a>(out: &mut String, cells: impl IntoIterator<Item = &'a str>) {
    for (at, text) in cells.into_iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        cell(out, text);
    }
    out.push_str("\r\n");
}

/// A cell in quotes (RFC 4180), never a formula.
fn cell(out: &mut String, text: &str) {
    out.push('"');
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) {
        out.push('\'');
    }
    out.push_str(&text.replace('"', "\"\""));
    out.push('"');
}

/// The body of the answer: pieces as they are made.
struct Pieces(mpsc::Receiver<Piece>);

impl hyper::body::Body for Pieces {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        self.0.poll_recv(cx).map(|piece| piece.map(|piece| piece.map(Frame::data)))
    }
}

#[cfg(test)]
mod tests {
    use super::{cell, line};

    fn written(text: &str) -> String {
        let mut out = String::new();
        cell(&mut out, text);
        out
    }

    #[test]
    fn a_cell_is_never_a_formula() {
        for text in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1"] {
            assert_eq!(written(text), format!("\"'{text}\""), "{text:?}");
        }
        assert_eq!(written("a=1"), "\"a=1\"");
    }

    #[test]
    fn quotes_and_commas_stay_in_their_cell() {
        assert_eq!(written("{\"a\":1,\"b\":2}"), "\"{\"\"a\"\":1,\"\"b\"\":2}\"");
        assert_eq!(written("a\r\nb"), "\"a\r\nb\"");
        let mut out = String::new();
        line(&mut out, ["a", "b,c"]);
        assert_eq!(out, "\"a\",\"b,c\"\r\n");
    }
}
