//! What the marks on the paper mean: headings, lists, tables, fields.
//!
//! A tree of [`Node`]s in reading order. Marks name the node they belong to;
//! marks without a node are decoration. Knows nothing of pages or of PDF.

use std::collections::BTreeSet;

/// The number of a node in its [`Structure`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct NodeId(pub(crate) u32);

/// What a part of the document is, in the words of PDF.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// A part with its heading.
    Section,
    /// A heading of level 1 to 6.
    Heading(u8),
    /// A paragraph.
    Paragraph,
    /// Some words of a paragraph.
    Span,
    /// Commands or output.
    Code,
    /// A list.
    List,
    /// One item of a list.
    Item,
    /// The number or box of an item.
    Label,
    /// What an item says.
    Body,
    /// A table.
    Table,
    /// A row of a table.
    TableRow,
    /// The head of a column.
    TableHead,
    /// A cell.
    TableCell,
    /// A field to fill in.
    Form,
    /// Words that lead elsewhere.
    Link,
}

/// One part of the document.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Node {
    /// What it is.
    pub(crate) role: Role,
    /// The part it is in; the document itself is `None`.
    pub(crate) parent: Option<NodeId>,
    /// What a field is, in words.
    pub(crate) alt: Option<String>,
}

/// All parts, in reading order; a parent comes before its children.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Structure {
    /// The nodes; [`NodeId`] counts from 0.
    pub(crate) nodes: Vec<Node>,
    open: Vec<NodeId>,
    /// Parts that are left out with everything inside.
    out: BTreeSet<NodeId>,
}

impl Structure {
    /// Adds a part inside the one that is open, without opening it.
    pub(crate) fn leaf(&mut self, role: Role) -> NodeId {
        let id = NodeId(self.nodes.len() as u32);
        let parent = self.open.last().copied();
        self.nodes.push(Node { role, parent, alt: None });
        id
    }

    /// Adds a part with a description.
    pub(crate) fn described(&mut self, role: Role, alt: &str) -> NodeId {
        let id = self.leaf(role);
        self.nodes[id.0 as usize].alt = Some(alt.to_owned());
        id
    }

    /// Adds a part and opens it: what follows is inside, until [`Structure::close`].
    pub(crate) fn open(&mut self, role: Role) -> NodeId {
        let id = self.leaf(role);
        self.open.push(id);
        id
    }

    /// Closes the part opened last.
    pub(crate) fn close(&mut self) {
        self.open.pop();
    }

    /// How many parts there are.
    pub(crate) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Takes back every part after the first so many, none of which is open.
    pub(crate) fn cut(&mut self, len: usize) {
        self.nodes.truncate(len);
    }

    /// Leaves out a part with everything inside, of which nothing is drawn.
    pub(crate) fn leave_out(&mut self, id: NodeId) {
        self.out.insert(id);
    }

    /// Whether a part is left out or is right inside one that is.
    pub(crate) fn is_out(&self, id: NodeId) -> bool {
        let parent = self.nodes[id.0 as usize].parent;
        self.out.contains(&id) || parent.is_some_and(|parent| self.out.contains(&parent))
    }

    /// What a part is.
    pub(crate) fn role(&self, id: NodeId) -> Role {
        self.nodes[id.0 as usize].role
    }
}
