//! Test holders: every application has a buyer and a seller in the sandbox, whose passwords its team
//! is shown, so that consent can be tried at once.

use tallyport_domain::ids::{AppId, HolderId};
use tallyport_domain::team::Power;
use tallyport_domain::{Environment, Language};
use tallyport_storage::Tx;
use tallyport_storage::holders::{self, HolderPassword, HolderRecord};
use zeroize::Zeroizing;

use crate::Services;
use crate::caller::Member;
use crate::error::ServiceError;
use crate::ports::random_bytes;
use crate::secrets::Place;
use crate::teams::AccessRefusal;

/// Letters and digits that are told apart on any screen; 32, so that each is as likely.
const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
const PASSWORD_LENGTH: usize = 20;

/// The two, with what they are called and their telephone numbers from a range that is nobody's.
const TEST_HOLDERS: [(&str, &str, &str); 2] =
    [("buyer", "Test Buyer", "+12025550142"), ("seller", "Test Seller", "+12025550143")];

/// A test holder as the application's team sees them.
#[derive(Clone, PartialEq, Eq)]
pub struct TestHolder {
    /// Who it is.
    pub id: HolderId,
    /// `buyer` or `seller`.
    pub role: String,
    /// What they are called.
    pub name: String,
    /// The address that they sign in with.
    pub email: String,
    /// The password that they sign in with.
    pub password: String,
}

impl std::fmt::Debug for TestHolder {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("TestHolder").field("id", &self.id).finish_non_exhaustive()
    }
}

pub(super) fn sealed_password_place(id: &str) -> Place<'_> {
    Place { table: "holders", column: "sealed_password", row: id }
}

impl Services {
    /// Makes the test holders of an application, as part of making it.
    pub(crate) async fn make_test_holders(&self, tx: &mut Tx, application_id: AppId) -> Result<(), ServiceError> {
        let now_ms = self.clock().now_ms();
        let application = application_id.to_string();
        // The random end of an id is as unique as the id.
        let own = &application[application.len() - 16..];
        for (role, name, phone) in TEST_HOLDERS {
            let id = HolderId::from_parts(now_ms, random_bytes(self.randomness()));
            let password = self.random_password();
            let place = id.to_string();
            let sealed = self.vault().seal(sealed_password_place(&place), password.as_bytes(), self.randomness());
            let email = format!("{role}-{own}@test.example");
            let record = HolderRecord {
                id,
                environment: Environment::Sandbox,
                name: name.to_owned(),
                email_key: email.clone(),
                email,
                phone: Some(phone.to_owned()),
                password: HolderPassword::Sealed { application_id, test_role: role.to_owned(), sealed },
                language: Language::En,
                created_at_ms: now_ms,
                closed_at_ms: None,
            };
            holders::insert(tx, &record).await?;
        }
        Ok(())
    }

    fn random_password(&self) -> Zeroizing<String> {
        let random: Zeroizing<[u8; PASSWORD_LENGTH]> = Zeroizing::new(random_bytes(self.randomness()));
        Zeroizing::new(random.iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect())
    }

    /// The test holders of an application of the member's, with their passwords.
    pub async fn list_test_holders(
        &self,
        member: &Member,
        application_id: AppId,
    ) -> Result<Vec<TestHolder>, AccessRefusal> {
        let mut reader = self.db().read().await.map_err(ServiceError::from)?;
        self.application_for(&mut reader, member, application_id, Power::Develop).await?;
        let records = holders::list_of_application(&mut reader, application_id).await.map_err(ServiceError::from)?;
        let mut shown = Vec::with_capacity(records.len());
        for record in records {
            let HolderPassword::Sealed { test_role, sealed, .. } = &record.password else { continue };
            let password = self.open(sealed_password_place(&record.id.to_string()), sealed).await?;
            let password = String::from_utf8(password.to_vec());
            shown.push(TestHolder {
                id: record.id,
                role: test_role.clone(),
                name: record.name,
                email: record.email,
                password: password.map_err(|_| ServiceError::broken("a sealed password is no text"))?,
            });
        }
        Ok(shown)
    }
}
