//! Commands that share a batch: what one of them frees, another takes in the same breath, and a batch that breaks
//! breaks no other.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tallyport_domain::books::Command;
use tallyport_domain::channel::{ChannelAnswer, FailureCode};
use tallyport_domain::ids::PaymentId;
use tallyport_service::ports::{Randomness, SeededRandomness};
use tallyport_storage::both_databases;

use crate::ask::Ask;
use crate::by_hand::write_batch;
use crate::process::{BEGINNING_MS, Process, assert_books_are_whole};

/// Breaks the batch that draws next.
struct Breaking {
    is_armed: AtomicBool,
    sound: SeededRandomness,
}

impl Randomness for Breaking {
    fn fill(&self, bytes: &mut [u8]) {
        let is_lane = std::thread::current().name() == Some("write-lane");
        assert!(!is_lane || !self.is_armed.swap(false, Ordering::Relaxed), "broken on purpose");
        self.sound.fill(bytes);
    }
}

both_databases! {
    async fn batch_that_breaks_is_undone_and_the_lane_goes_on(test: TestDb) {
        let breaking = Arc::new(Breaking { is_armed: AtomicBool::new(false), sound: SeededRandomness::new(1) });
        let process = Process::idle_with(test, Arc::clone(&breaking) as Arc<dyn Randomness>).await;
        let caller = process.caller().await;
        breaking.is_armed.store(true, Ordering::Relaxed);
        process.pay(&caller, Ask::dollar("A-1")).await.unwrap_err();
        assert!(!breaking.is_armed.load(Ordering::Relaxed), "nothing broke");
        assert_eq!(test.number("SELECT count(*) FROM payments").await, 0);
        process.pay(&caller, Ask::dollar("A-1")).await.unwrap();
        assert_books_are_whole(test).await;
    }

    async fn order_whose_payment_fails_is_paid_anew_in_the_same_batch(test: TestDb) {
        let caller = Process::start(test, 1).await.caller().await;
        let [failing, anew] = [1, 2].map(|number| PaymentId::from_parts(BEGINNING_MS, [number; 10]));
        let ask = Ask::dollar("A-1");
        write_batch(test, 1, &[Command::CreatePayment(Box::new(ask.command(&caller, failing)))]).await;

        let fails = Command::BookAnswer { payment: failing, answer: ChannelAnswer::Failed(FailureCode::Declined) };
        let paid_anew = Command::CreatePayment(Box::new(Ask { key: "again", ..ask }.command(&caller, anew)));
        write_batch(test, 2, &[fails, paid_anew]).await;

        for (id, status) in [(failing, "failed"), (anew, "processing")] {
            let query = format!("SELECT count(*) FROM payments WHERE id = '{id}' AND status = '{status}'");
            assert_eq!(test.number(&query).await, 1, "{status}");
        }
        assert_books_are_whole(test).await;
    }
}
