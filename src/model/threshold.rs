//! stand-in until the branch `threshold` is merged
#[derive(Debug, Clone)]
pub struct Threshold {
    pub metric: Option<String>,
}
impl Threshold {
    pub fn metric(&self) -> Option<&str> {
        self.metric.as_deref()
    }
}
#[derive(Debug, Clone)]
pub struct Levels {
    pub metric: String,
}
