//! The structure tree: which part of the document each mark, link and field is.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Object, ObjectId, dictionary};

use crate::sheet::document::Document;
use crate::sheet::structure::{Node, NodeId, Role, Structure};

/// The name of a role in PDF.
pub(super) fn name(role: Role) -> String {
    let name = match role {
        Role::Section => "Sect",
        Role::Heading(level) => return format!("H{level}"),
        Role::Paragraph => "P",
        Role::Span => "Span",
        Role::Code => "Code",
        Role::List => "L",
        Role::Item => "LI",
        Role::Label => "Lbl",
        Role::Body => "LBody",
        Role::Table => "Table",
        Role::TableRow => "TR",
        Role::TableHead => "TH",
        Role::TableCell => "TD",
        Role::Form => "Form",
        Role::Link => "Link",
    };
    name.to_owned()
}

/// What a part of the document holds besides other parts.
enum Held {
    /// Marks: the number of the page and of the run on it.
    Marks(usize, i64),
    /// A link or a field.
    Annotation(usize, ObjectId),
}

/// Collects what belongs to each part while pages are drawn.
pub(super) struct Tags {
    held: BTreeMap<NodeId, Vec<Held>>,
    /// For each page, the part of each run of marks.
    runs: Vec<Vec<NodeId>>,
    /// The part of each link and field, in the order of their numbers.
    annotations: Vec<NodeId>,
}

impl Tags {
    /// Tags of a document of which nothing is drawn.
    pub(super) fn new(document: &Document) -> Tags {
        let runs = document.pages.iter().map(|_| Vec::new()).collect();
        Tags { held: BTreeMap::new(), runs, annotations: Vec::new() }
    }

    /// Numbers a run of marks on a page.
    pub(super) fn content(&mut self, node: NodeId, page: usize) -> i64 {
        let number = self.runs[page].len() as i64;
        self.runs[page].push(node);
        self.held.entry(node).or_default().push(Held::Marks(page, number));
        number
    }

    /// Numbers a link or a field; the number is its `/StructParent`.
    pub(super) fn annotation(&mut self, node: NodeId, page: usize, id: ObjectId) -> i64 {
        self.annotations.push(node);
        self.held.entry(node).or_default().push(Held::Annotation(page, id));
        (self.runs.len() + self.annotations.len() - 1) as i64
    }

    /// Writes the tree; gives its root.
    pub(super) fn write(
        &self,
        file: &mut lopdf::Document,
        document: &Document,
        pages: &[ObjectId],
    ) -> ObjectId {
        let root = file.new_object_id();
        let top = file.new_object_id();
        let nodes = &document.structure.nodes;
        let kept = self.kept(&document.structure);
        let ids: Vec<Option<ObjectId>> = kept.iter().map(|kept| kept.then(|| file.new_object_id())).collect();
        let mut children: BTreeMap<Option<NodeId>, Vec<Object>> = BTreeMap::new();
        for (node, id) in nodes.iter().zip(&ids) {
            if let Some(id) = id {
                children.entry(node.parent).or_default().push(Object::Reference(*id));
            }
        }
        for (at, (node, id)) in nodes.iter().zip(&ids).enumerate() {
            let Some(id) = id else { continue };
            let number = NodeId(at as u32);
            let parent = node.parent.and_then(|id| ids[id.0 as usize]).unwrap_or(top);
            let below = children.remove(&Some(number)).unwrap_or_default();
            let element = self.element((node, number), parent, below, pages);
            file.set_object(*id, element);
        }
        let below = children.remove(&None).unwrap_or_default();
        file.set_object(
            top,
            dictionary! {
                "Type" => "StructElem", "S" => "Document", "P" => root, "K" => below,
            },
        );
        let parents = self.parents(file, &ids);
        file.set_object(
            root,
            dictionary! {
                "Type" => "StructTreeRoot", "K" => top, "ParentTree" => parents,
                "ParentTreeNextKey" => (self.runs.len() + self.annotations.len()) as i64,
            },
        );
        root
    }

    /// Parts that hold something, and cells, without which a table is not regular.
    fn kept(&self, structure: &Structure) -> Vec<bool> {
        let mut kept = vec![false; structure.nodes.len()];
        for (at, node) in structure.nodes.iter().enumerate().rev() {
            let cell = matches!(node.role, Role::TableHead | Role::TableCell);
            kept[at] |=
                (cell && !structure.is_out(NodeId(at as u32))) || self.held.contains_key(&NodeId(at as u32));
            if let (true, Some(parent)) = (kept[at], node.parent) {
                kept[parent.0 as usize] = true;
            }
        }
        kept
    }

    fn element(
        &self,
        (node, number): (&Node, NodeId),
        parent: ObjectId,
        below: Vec<Object>,
        pages: &[ObjectId],
    ) -> Dictionary {
        let mut element = dictionary! {
            "S" => Object::Name(name(node.role).into_bytes()), "P" => parent,
        };
        let held = self.held.get(&number).map(Vec::as_slice).unwrap_or_default();
        let own = held.first().map(|held| match held {
            Held::Marks(page, _) | Held::Annotation(page, _) => *page,
        });
        let mut kids: Vec<Object> = held.iter().map(|held| kid(held, own, pages)).collect();
        kids.extend(below);
        match kids.len() {
            0 => {}
            1 => element.set("K", kids.remove(0)),
            _ => element.set("K", kids),
        }
        if let Some(page) = own {
            element.set("Pg", pages[page]);
        }
        if let Some(alt) = &node.alt {
            element.set("Alt", super::metadata::text(alt));
        }
        if let Some(attributes) = attributes(node) {
            element.set("A", attributes);
        }
        element
    }

    fn parents(&self, file: &mut lopdf::Document, ids: &[Option<ObjectId>]) -> ObjectId {
        let id = |node: &NodeId| ids[node.0 as usize].map_or(Object::Null, Object::Reference);
        let mut numbers = Vec::new();
        for (page, runs) in self.runs.iter().enumerate() {
            let runs = file.add_object(Object::Array(runs.iter().map(id).collect()));
            numbers.extend([Object::Integer(page as i64), Object::Reference(runs)]);
        }
        for (at, node) in self.annotations.iter().enumerate() {
            numbers.extend([Object::Integer((self.runs.len() + at) as i64), id(node)]);
        }
        file.add_object(dictionary! { "Nums" => numbers })
    }
}

fn kid(held: &Held, own: Option<usize>, pages: &[ObjectId]) -> Object {
    match held {
        Held::Marks(page, number) if own == Some(*page) => Object::Integer(*number),
        Held::Marks(page, number) => Object::Dictionary(dictionary! {
            "Type" => "MCR", "Pg" => pages[*page], "MCID" => *number,
        }),
        Held::Annotation(page, id) => Object::Dictionary(dictionary! {
            "Type" => "OBJR", "Pg" => pages[*page], "Obj" => *id,
        }),
    }
}

/// What a head of a column is the head of.
fn attributes(node: &Node) -> Option<Dictionary> {
    let head = node.role == Role::TableHead;
    head.then(|| dictionary! { "O" => "Table", "Scope" => "Column" })
}
