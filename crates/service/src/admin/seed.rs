//! The live half of a seeded application. Other applications get theirs once they were approved, and so
//! does this one: the command approves it first.

use tallyport_domain::Environment;
use tallyport_domain::credential::Lifetime;
use tallyport_domain::ids::AppId;

use crate::Services;
use crate::caller::Member;
use crate::credentials::{CredentialWish, MadeCredential, MakeCredentialRefusal, first_key_name};

impl Services {
    /// Makes live credentials for an application that a command has just made and approved.
    pub async fn seed_live_credential(
        &self,
        member: &Member,
        application_id: AppId,
    ) -> Result<MadeCredential, MakeCredentialRefusal> {
        let wish = CredentialWish {
            environment: Environment::Live,
            name: first_key_name(member.language),
            lifetime: Lifetime::Unlimited,
            networks: "",
        };
        self.make_credential(member, application_id, wish).await
    }
}
