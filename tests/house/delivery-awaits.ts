import { dirname, join } from 'node:path';
import type { Rule, Scope } from 'eslint';
import type { CallExpression, Expression, Identifier, Node, Super } from 'estree';

/**
 * ESLint rule for the files that deliver mail: each await is a place where the worker may end, and
 * the harness (tests/harness/dying-dependencies.ts) ends it there, before and after. It can do that
 * only at calls of what was handed in; so nothing else may be awaited there.
 *
 * Allowed are calls of something that is reached from a parameter (`await deps.store.change(…)`),
 * and calls of functions of the same room, which are under this
 * rule themselves.
 */
export const deliveryAwaitsRule: Rule.RuleModule = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const { sourceCode } = context;
    const refuse = (node: Node, what: string): void => {
      context.report({
        node,
        message: `${what} in delivery: a test must be able to end the worker there. Call something that was handed in as an argument (deps, context, wire), or a function of this room.`,
      });
    };

    const isHandedIn = (name: string, at: Node): boolean =>
      definitionsOf(name, sourceCode.getScope(at)).some(
        (definition) =>
          definition.type === 'Parameter' ||
          (definition.type === 'Variable' && comesFrom(definition.node.init, definition.node)),
      );

    /** `const { store } = deps` and `const provider = deps.accounts.provider(id)` are handed in too. */
    const comesFrom = (value: Expression | null | undefined, at: Node): boolean => {
      if (!value) return false;
      const root = rootOf(value.type === 'CallExpression' ? value.callee : value);
      return root !== null && isHandedIn(root.name, at);
    };

    const isOurs = ({ callee }: CallExpression, at: Node): boolean =>
      callee.type === 'Identifier' &&
      definitionsOf(callee.name, sourceCode.getScope(at)).some((definition) =>
        isOfThisRoom(definition, context.filename),
      );

    return {
      AwaitExpression: (node) => {
        const { argument } = node;
        if (argument.type !== 'CallExpression') {
          refuse(node, 'only calls may be awaited');
        } else if (!isOurs(argument, node) && !comesFrom(argument, node)) {
          refuse(node, `${sourceCode.getText(argument.callee)} may not be awaited`);
        }
      },
      ForOfStatement: (node) => {
        if (node.await) refuse(node, 'no `for await`');
      },
      NewExpression: (node) => {
        if (node.callee.type === 'Identifier' && node.callee.name === 'Promise') {
          refuse(node, 'no promises of its own');
        }
      },
      CallExpression: (node) => {
        const name = node.callee.type === 'MemberExpression' ? nameOf(node.callee.property) : null;
        if (name === 'then' || name === 'catch' || name === 'finally') {
          refuse(node, `no .${name}()`);
        }
      },
    };
  },
};

/** A function of this file, or one of the same room, which is under this rule itself. */
function isOfThisRoom(definition: Scope.Definition, filename: string): boolean {
  if (definition.type === 'FunctionName') return true;
  if (definition.type !== 'ImportBinding') return false;
  const from = String(definition.parent.source.value);
  const room = /^(?:.*\/)?utils\/[^/]+\//.exec(filename)?.[0];
  return from.startsWith('.') && room !== undefined
    ? join(dirname(filename), from).startsWith(room)
    : from.startsWith('./');
}

function definitionsOf(name: string, from: Scope.Scope): readonly Scope.Definition[] {
  for (let scope: Scope.Scope | null = from; scope; scope = scope.upper) {
    const variable = scope.set.get(name);
    if (variable) return variable.defs;
  }
  return [];
}

/** The name that a chain of members begins with; null when it begins with anything else. */
function rootOf(node: Node | Super): Identifier | null {
  switch (node.type) {
    case 'Identifier':
      return node;
    case 'MemberExpression':
      return rootOf(node.object);
    case 'ChainExpression':
      return rootOf(node.expression);
    case 'AwaitExpression':
      return node.argument.type === 'CallExpression' ? rootOf(node.argument.callee) : null;
    case 'LogicalExpression':
      return rootOf(node.right);
    case 'CallExpression':
      return rootOf(node.callee);
    default:
      return null;
  }
}

function nameOf(node: Node): string | null {
  return node.type === 'Identifier' ? node.name : null;
}
