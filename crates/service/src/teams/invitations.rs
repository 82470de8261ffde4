//! Invitations into a team: by mail, to one address, accepted once and by nobody else.

use serde_json::json;
use tallyport_domain::TeamRole;
use tallyport_domain::ids::{InvitationId, TeamId};
use tallyport_domain::team::Power;
use tallyport_storage::developers;
use tallyport_storage::team_invitations::{self, InvitationRecord, OpenInvitation};
use tallyport_storage::{StorageError, Tx, teams};

use super::{AccessRefusal, TEAM_MEMBERS_MAX, TEAMS_MAX, letters};
use crate::Services;
use crate::audit::{Actor, Deed};
use crate::caller::Member;
use crate::error::ServiceError;
use crate::identity::EmailAddress;
use crate::ports::random_bytes;
use crate::secrets::OneTimeToken;

/// For how long an invitation can be accepted.
pub const INVITATION_LIFETIME_MS: i64 = 7 * 24 * 60 * 60 * 1000;
/// How many invitations of a team may be open at once.
pub const INVITATIONS_MAX: u32 = 50;
/// How long to wait before the same invitation is mailed again.
pub const RESEND_AFTER_MS: i64 = 60 * 1000;

/// Why nobody is invited.
#[derive(Debug, thiserror::Error)]
pub enum InviteRefusal {
    /// The address cannot be one.
    #[error("the address is not valid")]
    Email,
    /// The person is in the team already.
    #[error("the person is in the team")]
    MemberAlready,
    /// There are [`INVITATIONS_MAX`] open ones.
    #[error("at most {INVITATIONS_MAX} invitations may be open")]
    TooMany,
    /// The person may not invite.
    #[error(transparent)]
    Access(#[from] AccessRefusal),
}

/// Why an invitation is not mailed again or taken back.
#[derive(Debug, thiserror::Error)]
pub enum InvitationChangeRefusal {
    /// It was accepted or taken back.
    #[error("the invitation is no longer open")]
    Gone,
    /// It was mailed a moment ago.
    #[error("the invitation was mailed a moment ago")]
    TooSoon,
    /// The person may not.
    #[error(transparent)]
    Access(#[from] AccessRefusal),
}

/// Why an invitation is not accepted.
#[derive(Debug, thiserror::Error)]
pub enum AcceptRefusal {
    /// It is unknown, used, taken back or too old.
    #[error("the invitation does not work, or no longer")]
    Gone,
    /// It went to another address.
    #[error("the invitation went to another address")]
    OtherAddress,
    /// The person has not shown that their address is theirs.
    #[error("the person's address is not verified")]
    Unverified,
    /// The team or the person has too many of the other.
    #[error("the team or the person's list of teams is full")]
    Full,
    /// Something else.
    #[error(transparent)]
    Service(#[from] ServiceError),
}

macro_rules! from_errors {
    ($($refusal:ident),+) => { $(
        impl From<StorageError> for $refusal {
            fn from(error: StorageError) -> Self {
                Self::Access(error.into())
            }
        }

        impl From<ServiceError> for $refusal {
            fn from(error: ServiceError) -> Self {
                Self::Access(error.into())
            }
        }
    )+ };
}

from_errors!(InviteRefusal, InvitationChangeRefusal);

impl From<StorageError> for AcceptRefusal {
    fn from(error: StorageError) -> Self {
        Self::Service(error.into())
    }
}

/// How somebody shows that an invitation is theirs.
enum Proof {
    /// They hold the token that came to the address.
    Token,
    /// They are signed in with the address, which was verified before.
    Address,
}

impl Services {
    /// The invitations into one of the member's teams that were neither accepted nor taken back.
    pub async fn list_invitations(&self, member: &Member, id: TeamId) -> Result<Vec<OpenInvitation>, ServiceError> {
        let Some(membership) = self.find_team(member, id).await? else { return Ok(Vec::new()) };
        if !membership.role.may(Power::Own) {
            return Ok(Vec::new());
        }
        Ok(team_invitations::list_of_team(&mut self.db().read().await?, id, INVITATIONS_MAX).await?)
    }

    /// The invitations that the member could accept now.
    pub async fn list_own_invitations(&self, member: &Member) -> Result<Vec<OpenInvitation>, ServiceError> {
        let Some(key) = email_key(&member.email) else { return Ok(Vec::new()) };
        let mut reader = self.db().read().await?;
        let now_ms = self.clock().now_ms();
        Ok(team_invitations::list_of_address(&mut reader, &key, now_ms, TEAMS_MAX).await?)
    }

    /// What an invitation's link leads to, as long as it could be accepted.
    pub async fn find_invitation(&self, token: &str) -> Result<Option<OpenInvitation>, ServiceError> {
        let mut reader = self.db().read().await?;
        Ok(team_invitations::find_by_token(&mut reader, &OneTimeToken::hash(token), self.clock().now_ms()).await?)
    }

    /// Asks somebody into a team. An older invitation to the same address is replaced.
    pub async fn invite(&self, member: &Member, id: TeamId, email: &str, role: TeamRole) -> Result<(), InviteRefusal> {
        let now_ms = self.clock().now_ms();
        let mut tx = self.db().begin_write().await?;
        teams::lock(&mut tx, id).await?;
        let team = self.team_for(&mut tx, member, id, Power::Own).await?.team;
        let address: EmailAddress = email.parse().map_err(|_| InviteRefusal::Email)?;
        let key = address.key();
        let members = teams::list_members(&mut tx, id, TEAM_MEMBERS_MAX).await?;
        if members.iter().any(|other| email_key(&other.email).as_ref() == Some(&key)) {
            return Err(InviteRefusal::MemberAlready);
        }
        team_invitations::withdraw_of_address(&mut tx, id, &key, now_ms).await?;
        let open = team_invitations::list_of_team(&mut tx, id, INVITATIONS_MAX).await?;
        if open.len() >= usize::try_from(INVITATIONS_MAX).unwrap_or(usize::MAX) {
            return Err(InviteRefusal::TooMany);
        }
        let invitation = InvitationRecord {
            id: InvitationId::from_parts(now_ms, random_bytes(self.randomness())),
            team_id: id,
            email: address.as_str().to_owned(),
            email_key: key,
            role,
            invited_by: member.developer_id,
            created_at_ms: now_ms,
            sent_at_ms: now_ms,
            expires_at_ms: now_ms + INVITATION_LIFETIME_MS,
        };
        let token = OneTimeToken::generate(self.randomness());
        team_invitations::insert(&mut tx, &invitation, &OneTimeToken::hash(token.reveal())).await?;
        self.mail_invitation(&mut tx, member, &invitation, &team.name, &token).await?;
        let detail = json!({ "invitation": invitation.id.to_string(), "role": role.as_str() });
        let deed = Deed { action: "team.invited", object: id.to_string(), detail };
        self.record(&mut tx, &Actor::person(member), deed).await?;
        Ok(tx.commit().await?)
    }

    /// Mails an invitation again, with a fresh link; the one before works no longer.
    pub async fn resend_invitation(&self, member: &Member, id: InvitationId) -> Result<(), InvitationChangeRefusal> {
        let now_ms = self.clock().now_ms();
        let mut tx = self.db().begin_write().await?;
        let found = self.invitation_for(&mut tx, member, id).await?;
        let last_sent_at_ms = found.invitation.sent_at_ms;
        if now_ms - last_sent_at_ms < RESEND_AFTER_MS {
            return Err(InvitationChangeRefusal::TooSoon);
        }
        let token = OneTimeToken::generate(self.randomness());
        let hash = OneTimeToken::hash(token.reveal());
        let expires_at_ms = now_ms + INVITATION_LIFETIME_MS;
        if !team_invitations::renew(&mut tx, id, &hash, (last_sent_at_ms, now_ms), expires_at_ms).await? {
            return Err(InvitationChangeRefusal::Gone);
        }
        self.mail_invitation(&mut tx, member, &found.invitation, &found.team_name, &token).await?;
        let detail = json!({ "invitation": id.to_string() });
        let deed = Deed { action: "team.invited_again", object: found.invitation.team_id.to_string(), detail };
        self.record(&mut tx, &Actor::person(member), deed).await?;
        Ok(tx.commit().await?)
    }

    /// Takes an invitation back.
    pub async fn withdraw_invitation(&self, member: &Member, id: InvitationId) -> Result<(), InvitationChangeRefusal> {
        let mut tx = self.db().begin_write().await?;
        let found = self.invitation_for(&mut tx, member, id).await?;
        if !team_invitations::withdraw(&mut tx, id, self.clock().now_ms()).await? {
            return Err(InvitationChangeRefusal::Gone);
        }
        let detail = json!({ "invitation": id.to_string() });
        let deed = Deed { action: "team.invitation_withdrawn", object: found.invitation.team_id.to_string(), detail };
        self.record(&mut tx, &Actor::person(member), deed).await?;
        Ok(tx.commit().await?)
    }

    /// Accepts an invitation by the token of its mail. Returns the team.
    pub async fn accept_invitation(&self, member: &Member, token: &str) -> Result<TeamId, AcceptRefusal> {
        let mut tx = self.db().begin_write().await?;
        let now_ms = self.clock().now_ms();
        let found = team_invitations::find_by_token(&mut tx, &OneTimeToken::hash(token), now_ms).await?;
        self.join(tx, member, found, Proof::Token).await
    }

    /// Accepts an invitation to the address that the person is signed in with. Returns the team.
    pub async fn accept_own_invitation(&self, member: &Member, id: InvitationId) -> Result<TeamId, AcceptRefusal> {
        let mut tx = self.db().begin_write().await?;
        let found = team_invitations::find(&mut tx, id).await?;
        // Somebody else's does not exist.
        let own_key = email_key(&member.email);
        let found = found.filter(|found| Some(&found.invitation.email_key) == own_key.as_ref());
        self.join(tx, member, found, Proof::Address).await
    }

    async fn join(
        &self,
        mut tx: Tx,
        member: &Member,
        found: Option<OpenInvitation>,
        proof: Proof,
    ) -> Result<TeamId, AcceptRefusal> {
        let now_ms = self.clock().now_ms();
        let OpenInvitation { invitation, team_name, .. } = found.ok_or(AcceptRefusal::Gone)?;
        if email_key(&member.email).as_ref() != Some(&invitation.email_key) {
            return Err(AcceptRefusal::OtherAddress);
        }
        let own = developers::find_by_id(&mut tx, member.developer_id).await?.ok_or(AcceptRefusal::Gone)?;
        if matches!(proof, Proof::Address) && own.email_verified_at_ms.is_none() {
            return Err(AcceptRefusal::Unverified);
        }
        let team_id = invitation.team_id;
        teams::lock(&mut tx, team_id).await?;
        if !team_invitations::accept(&mut tx, invitation.id, now_ms).await? {
            return Err(AcceptRefusal::Gone);
        }
        let members = teams::list_members(&mut tx, team_id, TEAM_MEMBERS_MAX).await?;
        let teams_of_person = teams::list_of_developer(&mut tx, member.developer_id, TEAMS_MAX).await?;
        let is_full = |count: usize, limit: u32| count >= usize::try_from(limit).unwrap_or(usize::MAX);
        if is_full(members.len(), TEAM_MEMBERS_MAX) || is_full(teams_of_person.len(), TEAMS_MAX) {
            return Err(AcceptRefusal::Full);
        }
        // Somebody who came in by another way keeps the role that they have.
        teams::add_member(&mut tx, team_id, member.developer_id, invitation.role, now_ms).await?;
        if let Some(host) = members.iter().find(|other| other.developer_id == invitation.invited_by) {
            let letter = letters::accepted(host.language, &team_name, &member.name);
            self.write_mail(&mut tx, &host.email, &letter).await?;
        }
        let detail = json!({ "invitation": invitation.id.to_string(), "role": invitation.role.as_str() });
        let deed = Deed { action: "team.joined", object: team_id.to_string(), detail };
        self.record(&mut tx, &Actor::person(member), deed).await?;
        tx.commit().await?;
        Ok(team_id)
    }

    /// An open invitation into a team that the person decides about.
    async fn invitation_for(
        &self,
        tx: &mut Tx,
        member: &Member,
        id: InvitationId,
    ) -> Result<OpenInvitation, AccessRefusal> {
        let found = team_invitations::find(&mut *tx, id).await?.ok_or(AccessRefusal::Unknown)?;
        self.team_for(tx, member, found.invitation.team_id, Power::Own).await?;
        Ok(found)
    }

    async fn mail_invitation(
        &self,
        tx: &mut Tx,
        member: &Member,
        invitation: &InvitationRecord,
        team: &str,
        token: &OneTimeToken,
    ) -> Result<(), ServiceError> {
        // Whoever has no account yet is written to in the language of who asks them.
        let known = developers::find_by_email_key(&mut *tx, &invitation.email_key).await?;
        let language = known.map_or(member.language, |known| known.language);
        let link = format!("{}/invitation?token={}", self.public_url(), token.reveal());
        let letter = letters::invitation(language, team, &member.name, invitation.role, &link);
        self.write_mail(tx, &invitation.email, &letter).await
    }
}

fn email_key(email: &str) -> Option<String> {
    email.parse::<EmailAddress>().ok().map(|address| address.key())
}
