//! Labels by the names that files and people give them: `beer`, `night_out`, `taste:buy`, `essence:romance`.

use super::entry::Target;
use super::load::Lexicon;
use super::taxonomy::Taxonomy;

impl Target {
    /// The word for a kind of label, as the files write it: `[[occasion]]`.
    pub fn kind(self) -> &'static str {
        match self {
            Target::Category(_) => "category",
            Target::Brand(_) => "brand",
            Target::Occasion(_) => "occasion",
            Target::Motive(..) => "motive",
            Target::Essence(_) => "essence",
            Target::Relation(_) => "relation",
            Target::Attribute(_) => "attribute",
            Target::Stage(_) => "stage",
            Target::Voice(_) => "voice",
            Target::Customer(_) => "customer",
            Target::Cue(_) => "cue",
        }
    }
}

impl Taxonomy {
    /// The name of a label as the codebook and the outputs write it; the names of cues stand in [`Lexicon::cues`].
    pub fn label(&self, target: Target) -> String {
        match target {
            Target::Category(id) => self.category(id).name.id.clone(),
            Target::Brand(id) => self.brand(id).name.id.clone(),
            Target::Occasion(id) => self.occasion(id).name.id.clone(),
            Target::Motive(id, role) => format!("{}:{}", self.motive(id).name.id, role.as_str()),
            Target::Essence(id) => self.essence(id).name.id.clone(),
            Target::Relation(kind) => kind.as_str().to_owned(),
            Target::Attribute(id) => self.attribute(id).name.id.clone(),
            Target::Stage(id) => self.stage(id).name.id.clone(),
            Target::Voice(voice) => voice.as_str().to_owned(),
            Target::Customer(id) => self.customer(id).name.id.clone(),
            Target::Cue(id) => id.0.to_string(),
        }
    }

    /// Whether a label bears a name, with its kind before it or not; a motive needs its role.
    fn is_called(&self, target: Target, written: &str) -> bool {
        let own = self.label(target);
        own == written || written.strip_prefix(target.kind()).and_then(|w| w.strip_prefix(':')) == Some(own.as_str())
    }
}

impl Lexicon {
    /// The labels that bear a name: none, one, or several of different kinds.
    pub fn labels(&self, written: &str) -> Vec<Target> {
        let targets = self.entries.iter().map(|e| e.target).filter(|t| !matches!(t, Target::Cue(_)));
        targets.filter(|&t| self.taxonomy.is_called(t, written)).collect()
    }

    /// The shortest name that only this label bears.
    pub fn full_name(&self, target: Target) -> String {
        let name = self.taxonomy.label(target);
        if self.labels(&name).len() > 1 { format!("{}:{name}", target.kind()) } else { name }
    }
}
