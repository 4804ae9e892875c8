//! Tests of the lexer: texts in, tokens out.

use super::*;

/// Tokens as `kind:text`, plain ones left out.
fn told(language: &str, code: &str) -> Vec<String> {
    let tokens = highlight(language, code);
    assert_eq!(tokens.iter().map(|token| token.text).collect::<String>(), code, "nothing is lost");
    let coloured = tokens.iter().filter(|token| token.kind != TokenKind::Plain);
    coloured.map(|token| format!("{:?}:{}", token.kind, token.text)).collect()
}

#[test]
fn bash() {
    let code = "# deploy\nexport A=1; B=2 C=\"3\" sudo kubectl apply -f \"x $Y\" --wait=true | grep ok # end\n\
        if [ -f x ]; then ./run.sh 30s; fi\ncurl \\\n  -fsS https://a.b/#c $HOME ${B:-2} 'it''s'\n";
    let expected = [
        "Comment:# deploy",
        "Builtin:export",
        "Variable:B",
        "Variable:C",
        "String:\"3\"",
        "Builtin:sudo",
        "Builtin:kubectl",
        "Attribute:-f",
        "String:\"x $Y\"",
        "Attribute:--wait",
        "Builtin:grep",
        "Comment:# end",
        "Keyword:if",
        "Attribute:-f",
        "Keyword:then",
        "Builtin:./run.sh",
        "Number:30s",
        "Keyword:fi",
        "Builtin:curl",
        "Attribute:-fsS",
        "Variable:$HOME",
        "Variable:${B:-2}",
        "String:'it'",
        "String:'s'",
    ];
    assert_eq!(told("bash", code), expected);
}

#[test]
fn sql() {
    let code = "-- rows\nselect count(*), 'it''s' from users where id = 12 /* all\nof */ and a = $1;";
    assert_eq!(
        told("SQL", code),
        [
            "Comment:-- rows",
            "Keyword:select",
            "Builtin:count",
            "String:'it'",
            "String:'s'",
            "Keyword:from",
            "Keyword:where",
            "Number:12",
            "Comment:/* all\nof */",
            "Keyword:and",
            "Variable:$1",
        ]
    );
}

#[test]
fn yaml() {
    let code = "# top\nname: it's # end\nlist:\n  - id: 5\n    on: true\n  - { a b: \"x: y\", c: *ref }\nurl: http://x\n";
    assert_eq!(
        told("yaml", code),
        [
            "Comment:# top",
            "Attribute:name",
            "Comment:# end",
            "Attribute:list",
            "Attribute:id",
            "Number:5",
            "Attribute:on",
            "Keyword:true",
            "Attribute:a b",
            "String:\"x: y\"",
            "Attribute:c",
            "Variable:*ref",
            "Attribute:url",
        ]
    );
}

#[test]
fn json_python_console() {
    assert_eq!(
        told("json", r#"{"a\"b": [1, -2.5, "x", null]}"#),
        [r#"Attribute:"a\"b""#, "Number:1", "String:\"x\"", "Keyword:null"]
    );
    assert_eq!(
        told("py", "@app\ndef go(x):  # why\n    return f\"{x}\" + '''a\nb''' + 3"),
        [
            "Variable:@app",
            "Keyword:def",
            "Builtin:go",
            "Comment:# why",
            "Keyword:return",
            "String:\"{x}\"",
            "String:'''a\nb'''",
            "Number:3"
        ]
    );
    assert_eq!(told("console", "$ ls -l\n$HOME is it\n"), ["Comment:$ ", "Builtin:ls", "Attribute:-l"]);
    assert_eq!(told("brainfuck", "+[->+<]"), Vec::<String>::new());
}

/// Random texts of characters that mean something to the lexer: nothing is lost, nothing panics.
#[test]
fn survives_anything() {
    const SIGNS: [&str; 34] = [
        "\"", "'", "\\", "\n", "#", "$", "{", "}", "(", ")", "-", "--", "/*", "*/", ":", ": ", " ", "\t",
        "=", "é", "🙂", "‹", "a", "0", "if", "then", "select", "true", "\"\"\"", "'''", "&", "*", "\r\n",
        "\u{feff}",
    ];
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut random = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    for language in ["bash", "sql", "yaml", "json", "python", "console", ""] {
        for _ in 0..20_000 {
            let length = random() % 24;
            let code: String = (0..length).map(|_| SIGNS[(random() % SIGNS.len() as u64) as usize]).collect();
            let tokens = highlight(language, &code);
            assert_eq!(tokens.iter().map(|token| token.text).collect::<String>(), code);
            assert!(tokens.iter().all(|token| !token.text.is_empty()));
        }
    }
}

/// Long hostile lines take time in proportion to their length.
#[test]
fn stays_linear() {
    for piece in ["\"", "\\\"", "/*", "{", "a, ", "'''", "${", "a:", "- ", "  ", "a ", "\"\" "] {
        let code = piece.repeat(20_000);
        for language in ["bash", "sql", "yaml", "json", "python"] {
            assert_eq!(
                highlight(language, &code).iter().map(|token| token.text.len()).sum::<usize>(),
                code.len()
            );
        }
    }
}
