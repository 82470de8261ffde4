//! A mail server on this machine: takes what it is given and keeps it, or refuses it.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// A running mail server.
#[derive(Clone)]
pub(crate) struct MailServer {
    pub(crate) port: u16,
    taken: Arc<Mutex<Vec<String>>>,
    refuses: Arc<AtomicBool>,
}

impl MailServer {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let server = Self { port, taken: Arc::default(), refuses: Arc::default() };
        let running = server.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let running = running.clone();
                tokio::spawn(async move { running.converse(stream).await });
            }
        });
        server
    }

    /// Whether recipients are refused from now on.
    pub(crate) fn refuse(&self, refuses: bool) {
        self.refuses.store(refuses, Ordering::SeqCst);
    }

    /// Envelope and message of every mail that was taken.
    pub(crate) fn taken(&self) -> Vec<String> {
        self.taken.lock().unwrap().clone()
    }

    /// RFC 5321 as far as a client needs that sends one mail after another.
    async fn converse(&self, mut stream: TcpStream) -> Option<()> {
        let (reader, mut writer) = stream.split();
        let mut lines = BufReader::new(reader).lines();
        writer.write_all(b"220 test ESMTP\r\n").await.ok()?;
        let mut mail = String::new();
        while let Some(line) = lines.next_line().await.ok()? {
            let command = line.to_ascii_uppercase();
            let answer = if command.starts_with("DATA") {
                writer.write_all(b"354 go on\r\n").await.ok()?;
                while let Some(line) = lines.next_line().await.ok()? {
                    if line == "." {
                        break;
                    }
                    mail.push_str(&line);
                    mail.push('\n');
                }
                self.taken.lock().unwrap().push(std::mem::take(&mut mail));
                "250 taken"
            } else if command.starts_with("MAIL") || command.starts_with("RCPT") {
                mail.push_str(&line);
                mail.push('\n');
                let refused = command.starts_with("RCPT") && self.refuses.load(Ordering::SeqCst);
                if refused { "451 not now, canary@example.com" } else { "250 ok" }
            } else if command.starts_with("QUIT") {
                writer.write_all(b"221 bye\r\n").await.ok()?;
                return Some(());
            } else {
                mail.clear();
                "250 test"
            };
            writer.write_all(format!("{answer}\r\n").as_bytes()).await.ok()?;
        }
        Some(())
    }
}
