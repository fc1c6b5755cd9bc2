import ts from 'typescript';
import { pathsIn, type House, type Rule } from './house.ts';

/** Every exported name has a line that says what it means: units, nulls, outcomes, what it throws. */
export const everyExportIsDocumented: Rule = (house) =>
  pathsIn(house, /^utils\/.*\.tsx?$/).flatMap((path) =>
    undocumentedIn(house, path).map(
      (name) =>
        `${path}: say in a /** line */ above ${name} what it means, its units, nulls and outcomes.`,
    ),
  );

/** A door gives its names one by one. */
export const noDoorIsABarrel: Rule = (house) =>
  pathsIn(house, /^(utils|components|entrypoints)\/.*\.tsx?$/)
    .filter((path) => /^export \*/m.test(house.get(path) ?? ''))
    .map((path) => `${path} exports everything of another file: export each name on its own.`);

/** Exports are named, so that a thing is called the same everywhere. */
export const exportsAreNamed: Rule = (house) =>
  pathsIn(house, /^(utils|components)\/.*\.tsx?$/)
    .filter((path) => /^export default/m.test(house.get(path) ?? ''))
    .map((path) => `${path} has a default export: name it.`);

function undocumentedIn(house: House, path: string): readonly string[] {
  const text = house.get(path) ?? '';
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const documented = new Set<string>();
  const names = new Set<string>();
  for (const statement of source.statements) {
    if (!isExported(statement)) continue;
    const has = ts.getJSDocCommentsAndTags(statement).length > 0;
    for (const name of namesOf(statement)) {
      names.add(name);
      // One line is enough for all signatures of an overloaded function.
      if (has) documented.add(name);
    }
  }
  return [...names].filter((name) => !documented.has(name));
}

function isExported(statement: ts.Statement): boolean {
  return (
    ts.canHaveModifiers(statement) &&
    (ts.getModifiers(statement) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
  );
}

function namesOf(statement: ts.Statement): readonly string[] {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.map(({ name }) => name.getText());
  }
  const { name } = statement as ts.DeclarationStatement;
  return name ? [name.getText()] : [];
}
