//! Settings that administrators change while the platform runs. Every process sees a change within a
//! second; each change stands in the audit log with what was there before.

use std::sync::Arc;

use serde_json::json;
use tallyport_domain::settings::{Setting, SettingFault, Settings, SignUpPolicy};
use tallyport_storage::{Conn, settings};

use crate::Services;
use crate::admin::{AdminRefusal, Authority};
use crate::audit::Deed;
use crate::error::ServiceError;

/// Why settings are not changed.
#[derive(Debug, thiserror::Error)]
pub enum ChangeSettingsRefusal {
    /// Whoever asks may not.
    #[error(transparent)]
    Admin(#[from] AdminRefusal),
    /// Values that do not fit, each with its setting. Nothing was changed.
    #[error("some values do not fit")]
    Faults(Vec<(Setting, SettingFault)>),
}

impl From<tallyport_storage::StorageError> for ChangeSettingsRefusal {
    fn from(error: tallyport_storage::StorageError) -> Self {
        Self::Admin(error.into())
    }
}

impl From<ServiceError> for ChangeSettingsRefusal {
    fn from(error: ServiceError) -> Self {
        Self::Admin(error.into())
    }
}

impl Services {
    /// Every setting with its value, at most a second old.
    pub async fn settings(&self) -> Result<Arc<Settings>, ServiceError> {
        self.recent_settings().or_read(async { Ok(Arc::new(read(&mut self.db().read().await?).await?)) }).await
    }

    /// Who may make an account at this moment.
    pub async fn sign_up_policy(&self) -> Result<SignUpPolicy, ServiceError> {
        Ok(self.settings().await?.sign_up)
    }

    /// Changes settings, all of them or none. Those that stay what they were are not written.
    pub async fn change_settings(
        &self,
        by: &Authority,
        changes: &[(Setting, String)],
    ) -> Result<(), ChangeSettingsRefusal> {
        let mut tx = self.db().begin_write().await?;
        self.confirm_authority(&mut tx, by).await?;
        // The end of the log is locked from here on, so that two changes at once are one after the
        // other and each names what the other left.
        tallyport_storage::audit::lock_end(&mut tx).await?;
        let before = read(&mut tx).await?;
        let mut after = before.clone();
        let mut faults = Vec::new();
        for (setting, text) in changes {
            match after.clone().with(*setting, text) {
                Ok(changed) => after = changed,
                Err(fault) => faults.push((*setting, fault)),
            }
        }
        if !faults.is_empty() {
            return Err(ChangeSettingsRefusal::Faults(faults));
        }
        for setting in Setting::ALL {
            let (old, new) = (before.text(*setting), after.text(*setting));
            if old == new {
                continue;
            }
            settings::set(&mut tx, setting.as_str(), &new, self.clock().now_ms()).await?;
            let deed = Deed {
                action: "setting.changed",
                object: setting.as_str().to_owned(),
                detail: json!({ "from": old, "to": new }),
            };
            self.record(&mut tx, &by.actor(), deed).await?;
        }
        tx.commit().await?;
        self.recent_settings().forget();
        Ok(())
    }
}

/// A row that this version does not know was written by a newer one and says nothing here; a value that
/// does not fit any more has its default.
async fn read(on: impl Into<Conn<'_>>) -> Result<Settings, ServiceError> {
    let mut read = Settings::default();
    for (name, value) in settings::list(on).await? {
        let Ok(setting) = name.parse::<Setting>() else { continue };
        match read.clone().with(setting, &value) {
            Ok(changed) => read = changed,
            Err(fault) => tracing::warn!(setting = name, %fault, "the stored setting {name} does not fit: {fault}"),
        }
    }
    Ok(read)
}
