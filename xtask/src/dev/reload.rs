//! Tells open pages to reload: the other side of Leptos' `AutoReload`, a websocket that carries
//! `{"all":true}` or `{"css":"<path of the sheet>"}`.

use anyhow::{Context, Result};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tungstenite::{Message, WebSocket};

/// Where the pages of the portal look.
const PORT: u16 = 3001;
/// A page that does not take its message in time is dropped; it connects again by itself.
const PATIENCE: Duration = Duration::from_secs(1);

type Pages = Arc<Mutex<Vec<WebSocket<TcpStream>>>>;

pub(crate) struct Reloader {
    pages: Pages,
}

impl Reloader {
    pub(crate) fn start() -> Result<Self> {
        let why =
            || format!("port {PORT}, where pages ask to be reloaded, is taken; is another `cargo xtask dev` running?");
        Ok(Self::welcoming(TcpListener::bind((Ipv4Addr::LOCALHOST, PORT)).with_context(why)?))
    }

    fn welcoming(listener: TcpListener) -> Self {
        let pages = Pages::default();
        let welcomed = Arc::clone(&pages);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let pages = Arc::clone(&welcomed);
                std::thread::spawn(move || welcome(stream, &pages));
            }
        });
        Self { pages }
    }

    pub(crate) fn reload_page(&self) {
        self.tell(r#"{"all":true}"#);
    }

    /// The script puts a slash before the path and looks for it in the links of the page.
    pub(crate) fn swap_styles(&self) {
        self.tell(r#"{"css":"pkg/portal.css"}"#);
    }

    fn tell(&self, text: &'static str) {
        let mut pages = self.pages.lock().unwrap_or_else(PoisonError::into_inner);
        pages.retain_mut(|page| page.send(Message::text(text)).is_ok());
    }
}

fn welcome(stream: TcpStream, pages: &Pages) {
    let patient = stream.set_read_timeout(Some(PATIENCE)).and_then(|()| stream.set_write_timeout(Some(PATIENCE)));
    if patient.is_ok()
        && let Ok(page) = tungstenite::accept(stream)
    {
        pages.lock().unwrap_or_else(PoisonError::into_inner).push(page);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reloader_with_page() -> (Reloader, WebSocket<TcpStream>) {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let reloader = Reloader::welcoming(listener);
        let stream = TcpStream::connect(address).unwrap();
        let (page, _) = tungstenite::client(format!("ws://{address}/live_reload"), stream).unwrap();
        while reloader.pages.lock().unwrap().is_empty() {
            std::thread::yield_now();
        }
        (reloader, page)
    }

    #[test]
    fn an_open_page_hears_of_a_change_of_code_and_of_styles() {
        let (reloader, mut page) = reloader_with_page();
        reloader.reload_page();
        reloader.swap_styles();
        assert_eq!(page.read().unwrap(), Message::text(r#"{"all":true}"#));
        assert_eq!(page.read().unwrap(), Message::text(r#"{"css":"pkg/portal.css"}"#));
    }

    #[test]
    fn a_page_that_went_away_is_forgotten() {
        let (reloader, page) = reloader_with_page();
        drop(page);
        while !reloader.pages.lock().unwrap().is_empty() {
            reloader.reload_page();
        }
    }
}
