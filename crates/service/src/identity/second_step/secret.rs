//! The secret that codes follow from: made, sealed, shown for the authenticator, and asked whether a
//! code is one of its own.

use fast_qr::QRBuilder;
use fast_qr::convert::svg::SvgBuilder;
use tallyport_domain::ids::DeveloperId;
use tallyport_storage::totp::TotpRecord;
use totp_rs::{Algorithm, Builder, Secret, Totp};
use zeroize::Zeroizing;

use crate::Services;
use crate::error::ServiceError;
use crate::ports::random_bytes;
use crate::secrets::Place;

/// 160 bits, as RFC 4226 asks for.
const SECRET_BYTES: usize = 20;
const DIGITS: u8 = 6;
const STEP_S: u64 = 30;
/// A code of the step before or after counts too, because clocks differ.
const SKEW_STEPS: u16 = 1;
/// What authenticators show above the code.
const ISSUER: &str = "Tallyport";
/// What stands for an address that cannot be a label.
const ACCOUNT: &str = "account";

/// What an authenticator has to be told.
pub struct TotpSetup {
    /// The secret in groups of four, to be typed.
    pub secret: Zeroizing<String>,
    /// The same as a picture, to be photographed: a whole SVG document.
    pub qr_svg: Zeroizing<String>,
}

fn place(row: &str) -> Place<'_> {
    Place { table: "totp", column: "sealed_secret", row }
}

impl Services {
    pub(super) fn new_sealed_secret(&self, id: DeveloperId) -> Vec<u8> {
        let secret: Zeroizing<[u8; SECRET_BYTES]> = Zeroizing::new(random_bytes(self.randomness()));
        self.vault().seal(place(&id.to_string()), &*secret, self.randomness())
    }

    pub(super) async fn open_secret(&self, id: DeveloperId, record: &TotpRecord) -> Result<OpenSecret, ServiceError> {
        let bytes = self.open(place(&id.to_string()), &record.sealed_secret).await?;
        let bytes = <[u8; SECRET_BYTES]>::try_from(bytes.as_slice())
            .map_err(|_| ServiceError::broken("a sealed secret has another length"))?;
        Ok(OpenSecret(Zeroizing::new(bytes)))
    }
}

/// A secret on its way to one question.
pub(super) struct OpenSecret(Zeroizing<[u8; SECRET_BYTES]>);

impl OpenSecret {
    /// The step whose code this is, at this time.
    pub(super) fn step_of(&self, code: &str, now_ms: i64) -> Result<Option<i64>, ServiceError> {
        let now_s = u64::try_from(now_ms / 1000).unwrap_or(0);
        let step = self.totp(ACCOUNT)?.check(code, now_s);
        Ok(step.and_then(|step| i64::try_from(step).ok()))
    }

    /// What the authenticator of somebody with this address has to be told.
    pub(super) fn setup(&self, email: &str) -> Result<TotpSetup, ServiceError> {
        let totp = self.totp(email).or_else(|_| self.totp(ACCOUNT))?;
        let broken = |_| ServiceError::broken("a secret cannot be shown");
        let url = Zeroizing::new(totp.to_url().map_err(broken)?);
        let qr = QRBuilder::new(url.as_str()).build().map_err(|_| ServiceError::broken("a secret cannot be drawn"))?;
        let secret = Zeroizing::new(totp.secret().to_base32());
        let groups: Vec<&str> = secret.as_bytes().chunks(4).filter_map(|four| std::str::from_utf8(four).ok()).collect();
        Ok(TotpSetup {
            secret: Zeroizing::new(groups.join(" ")),
            qr_svg: Zeroizing::new(SvgBuilder::default().to_str(&qr)),
        })
    }

    fn totp(&self, account: &str) -> Result<Totp, ServiceError> {
        Builder::new()
            .with_algorithm(Algorithm::SHA1)
            .with_digits(DIGITS)
            .with_step_duration(STEP_S)
            .with_skew(SKEW_STEPS)
            .with_secret(Secret::new_stack(*self.0))
            .with_account_name(account)
            .with_issuer(Some(ISSUER))
            .build()
            .map_err(|_| ServiceError::broken("a secret does not make codes"))
    }
}
