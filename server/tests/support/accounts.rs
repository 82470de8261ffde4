//! People, partners, and the requests that partners make.

use tallyport_domain::ids::{DeveloperId, TeamId};
use tallyport_domain::{Language, Role, TeamRole};
use tallyport_service::Member;
use tallyport_service::audit::Actor;
use tallyport_service::identity::SignUp;
use tallyport_service::mail::ReadableMail;
use tallyport_service::ports::random_bytes;
use tallyport_storage::developers::{self, DeveloperRecord};
use tallyport_storage::teams::{self, TeamRecord};
use zeroize::Zeroizing;

use super::{BEGINNING_MS, Partner, Request, TestApp};

impl TestApp {
    /// Somebody who can use the services at once; nobody can sign in as them, for want of a password.
    pub(crate) async fn developer(&self, name: &str) -> Member {
        let id = DeveloperId::from_parts(BEGINNING_MS, random_bytes(self.services.randomness()));
        let email = format!("{id}@example.com");
        let record = DeveloperRecord {
            id,
            name: name.to_owned(),
            email_key: email.clone(),
            email,
            password_hash: "$argon2id$none".to_owned(),
            role: Role::Developer,
            language: Language::En,
            email_verified_at_ms: Some(BEGINNING_MS),
            suspended_at_ms: None,
            closed_at_ms: None,
            created_at_ms: BEGINNING_MS,
        };
        let mut tx = self.services.db().begin_write().await.unwrap();
        developers::insert(&mut tx, &record).await.unwrap();
        let team = TeamRecord {
            id: TeamId::from_parts(BEGINNING_MS, random_bytes(self.services.randomness())),
            name: name.to_owned(),
            created_at_ms: BEGINNING_MS,
        };
        teams::insert(&mut tx, &team).await.unwrap();
        teams::add_member(&mut tx, team.id, id, TeamRole::Owner, BEGINNING_MS).await.unwrap();
        tx.commit().await.unwrap();
        self.services.find_member(id).await.unwrap().unwrap()
    }

    /// Somebody who can sign in; hashing the password takes its time.
    pub(crate) async fn sign_up(&self, email: &str, password: &str) -> Member {
        let password = Zeroizing::new(password.to_owned());
        let sign_up = SignUp { name: "Ada", email, password, language: Language::En };
        self.services.create_account(&Actor::command("test"), sign_up, Role::Developer).await.unwrap()
    }

    /// What was mailed last to an address. The next mail is later for sure.
    pub(crate) async fn last_mail(&self, to: &str) -> ReadableMail {
        let mails = self.services.list_mails(200).await.unwrap();
        self.clock.advance(1);
        mails.into_iter().find(|mail| mail.recipient == to).unwrap_or_else(|| panic!("no mail to {to}"))
    }

    /// The path and query of the link in what was mailed last to an address.
    pub(crate) async fn mailed_link(&self, to: &str) -> String {
        let text = self.last_mail(to).await.letter.text;
        let link = text.lines().find_map(|line| line.strip_prefix(self.services.public_url()));
        link.unwrap_or_else(|| panic!("no link in {text:?}")).to_owned()
    }

    /// A developer with one application, its sandbox credentials and an access token for them.
    pub(crate) async fn partner(&self, name: &str) -> Partner {
        let member = self.developer(name).await;
        self.application(&member, name).await
    }

    /// One more application of a developer.
    pub(crate) async fn application(&self, member: &Member, name: &str) -> Partner {
        let made = self.services.make_application(member, name).await.unwrap();
        Partner::new(&self.services, member.clone(), &made).await
    }

    /// A complete, signed request for a payment by a good card. The order's number is its key too.
    pub(crate) fn payment(&self, partner: &Partner, order_id: &str, amount: &str) -> Request {
        let body = serde_json::json!({
            "order_id": order_id, "amount": amount, "currency": "USD", "method": "card_ok",
        });
        self.payment_of(partner, order_id, &body)
    }

    /// A complete, signed request for a payment with this body and idempotency key.
    pub(crate) fn payment_of(&self, partner: &Partner, key: &str, body: &serde_json::Value) -> Request {
        self.payment_text(partner, key, body.to_string())
    }

    /// A complete, signed request that moves money by this path.
    pub(crate) fn money_call(&self, partner: &Partner, path: &str, key: &str, body: &serde_json::Value) -> Request {
        let request = self.post(path).bearer(&partner.token).header("idempotency-key", key);
        request.json_text(body.to_string()).signed(&partner.signer(&*self.clock))
    }

    /// A complete, signed request for a payment whose body may be anything.
    pub(crate) fn payment_text(&self, partner: &Partner, key: &str, body: impl Into<Vec<u8>>) -> Request {
        let request = self.post("/v1/payments").bearer(&partner.token).header("idempotency-key", key).json_text(body);
        request.signed(&partner.signer(&*self.clock))
    }
}
