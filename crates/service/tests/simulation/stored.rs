//! A database that the histories run through.

use tallyport_contract::event::Event;
use tallyport_domain::books::{Books, Command, Outcome, Refusal, StoredAnswer, apply};
use tallyport_domain::ids::{DeveloperId, ProcessId, TeamId};
use tallyport_domain::payment::Payment;
use tallyport_domain::{Environment, Language, Role, TeamRole};
use tallyport_service::lane::chain::link;
use tallyport_service::verify::verify;
use tallyport_storage::developers::{self, DeveloperRecord};
use tallyport_storage::lane::{self, Rendered};
use tallyport_storage::teams::{self, TeamRecord};
use tallyport_storage::test_support::TestDb;
use tallyport_storage::{StorageError, batches, movements, payments};
use tokio::runtime::Runtime;

use crate::history::{Fate, Ground, Said};
use crate::world::{NOW_MS, World, application, draw_after};

/// As the histories charge.
const FEE: (u16, i64) = (290, 30);

pub(crate) struct Stored<'a> {
    runtime: &'a Runtime,
    test: TestDb,
    lane: ProcessId,
}

impl<'a> Stored<'a> {
    pub(crate) fn new(runtime: &'a Runtime) -> Self {
        let test = runtime.block_on(async {
            let test = TestDb::sqlite().await;
            make_application(&test).await.unwrap();
            test
        });
        Self { runtime, test, lane: ProcessId::from_parts(NOW_MS, [1; 10]) }
    }

    /// Forgets everything that a history left.
    pub(crate) fn begin_anew(&self) {
        let tables = [
            "ledger_entries",
            "accounts",
            "movements",
            "payments",
            "idempotency",
            "events",
            "due_work",
            "nonces",
            "batches",
        ];
        self.runtime.block_on(async {
            for table in tables {
                self.test.execute(&format!("DELETE FROM {table}")).await;
            }
        });
    }

    /// What the lane does with a batch, up to where the process dies.
    async fn batch(&self, batch: &[Command], world: &World, fate: Fate) -> Result<Vec<Said>, StorageError> {
        let lost_after = match fate {
            Fate::Lost { after } => after,
            Fate::Kept => u64::MAX,
        };
        let mut tx = self.test.db.begin_write().await?;
        if lost_after == 0 {
            return Ok(Vec::new());
        }
        let mut books = lane::load(&mut tx, batch).await?;
        if lost_after == 1 {
            return Ok(Vec::new());
        }
        let mut drawn = world.drawn;
        let mut draw = || draw_after(&mut drawn);
        let outcomes: Vec<_> =
            batch.iter().map(|command| apply(&mut books, command, &mut draw, world.now_ms)).collect();
        if lost_after == 2 {
            return Ok(Vec::new());
        }
        let said = outcomes.into_iter().map(|outcome| said(&books, outcome)).collect();
        if !books.changes.is_empty() {
            let text = |event| serde_json::to_string(&Event::of(event, "https://pay.example")).unwrap();
            let events: Vec<String> = books.changes.events.iter().map(text).collect();
            let end = batches::find_end(&mut tx, self.lane).await?;
            let chained = (!events.is_empty()).then(|| link(self.lane, &end, &books.changes, &events, world.now_ms));
            lane::write(&mut tx, &books, &Rendered { events, batch: chained }).await?;
            if lost_after == 3 {
                return Ok(Vec::new());
            }
            tx.commit().await?;
        }
        Ok(said)
    }

    async fn compare(&self, world: &World) -> Result<(), String> {
        let verdict = verify(&self.test.db, &mut |_, _| ()).await.map_err(|error| error.to_string())?;
        if let Some(fault) = verdict.faults.first() {
            return Err(format!("{fault:?}"));
        }
        let mut reader = self.test.db.read().await.unwrap();
        let stored = payments::list(&mut reader, application(), Environment::Sandbox, None, i64::MAX).await.unwrap();
        let same = |payment: &Payment| world.books.payments.get(&payment.asked.id) == Some(payment);
        if stored.len() != world.books.payments.len() || !stored.iter().all(same) {
            return Err("every payment is stored as it is".to_owned());
        }
        for (id, movement) in &world.books.movements {
            if movements::find(&mut reader, *id).await.unwrap().as_ref() != Some(movement) {
                return Err(format!("{id} is stored as it is"));
            }
        }
        let (count, sum) =
            ("SELECT count(*) FROM movements", "SELECT coalesce(sum(abs(balance_minor)), 0) FROM accounts");
        drop(reader);
        let balances: i128 = world.books.accounts.values().map(|account| i128::from(account.balance_minor).abs()).sum();
        let stored_movements = usize::try_from(self.test.number(count).await).unwrap();
        // A sum beyond 64 bits has no place in a query; the lines of such a book are compared by `verify`.
        let balances_agree = i64::try_from(balances).is_err() || i128::from(self.test.number(sum).await) == balances;
        if stored_movements == world.books.movements.len() && balances_agree {
            Ok(())
        } else {
            Err("what is stored is what happened, and nothing else".to_owned())
        }
    }
}

impl Ground for Stored<'_> {
    fn apply(&mut self, batch: &[Command], world: &World, fate: Fate) -> Vec<Said> {
        self.runtime.block_on(self.batch(batch, world, fate)).unwrap()
    }

    fn check(&mut self, world: &World) -> Result<(), String> {
        self.runtime.block_on(self.compare(world))
    }
}

/// What the one who waits for an outcome is told. What was answered in an earlier batch comes back as the
/// text of its event.
fn said(books: &Books, outcome: Result<Outcome, Refusal>) -> Said {
    Ok(match outcome? {
        Outcome::Done { event } | Outcome::Replayed(StoredAnswer::Event(event)) => {
            books.changes.events.get(event).map(|event| (event.object.id(), event.sequence))
        }
        Outcome::Replayed(StoredAnswer::Text(text)) => {
            let event: serde_json::Value = serde_json::from_str(&text).unwrap();
            let id = event.pointer("/data/object/id").and_then(serde_json::Value::as_str).unwrap();
            Some((id.parse().unwrap(), event["sequence"].as_i64().unwrap()))
        }
        Outcome::NonceUsed | Outcome::Waiting(_) => None,
    })
}

/// The application that every history is about, with what it is charged.
async fn make_application(test: &TestDb) -> Result<(), StorageError> {
    let developer = DeveloperRecord {
        id: DeveloperId::from_parts(NOW_MS, [1; 10]),
        name: "Ada".to_owned(),
        email: "ada@example.com".to_owned(),
        email_key: "ada@example.com".to_owned(),
        password_hash: "$argon2id$none".to_owned(),
        role: Role::Developer,
        language: Language::En,
        email_verified_at_ms: Some(NOW_MS),
        suspended_at_ms: None,
        closed_at_ms: None,
        created_at_ms: NOW_MS,
    };
    let team = TeamRecord { id: TeamId::from_parts(NOW_MS, [1; 10]), name: "Ada".to_owned(), created_at_ms: 0 };
    let mut tx = test.db.begin_write().await?;
    developers::insert(&mut tx, &developer).await?;
    teams::insert(&mut tx, &team).await?;
    teams::add_member(&mut tx, team.id, developer.id, TeamRole::Owner, 0).await?;
    tx.commit().await?;
    let (id, basis_points, fixed_minor) = (application(), FEE.0, FEE.1);
    test.execute(&format!(
        "INSERT INTO applications (id, team_id, name, description, redirect_uris, networks, created_by, created_at_ms) \
         VALUES ('{id}', '{}', 'Shop', '', '', '', '{}', 0)",
        team.id, developer.id
    ))
    .await;
    test.execute(&format!(
        "INSERT INTO fees (application_id, currency, basis_points, fixed_minor, updated_at_ms) \
         VALUES ('{id}', 'USD', {basis_points}, {fixed_minor}, 0)"
    ))
    .await;
    Ok(())
}
