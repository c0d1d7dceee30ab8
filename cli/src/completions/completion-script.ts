import type { Command } from 'commander';

export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

/** A command as a shell completes it: the words that lead to it, what may follow, and what it is for. */
interface Completed {
  readonly words: readonly string[];
  readonly description: string;
  readonly commands: readonly string[];
  readonly options: readonly { readonly name: string; readonly description: string }[];
}

/** A script that teaches a shell the commands and options of a program; files are completed where neither is meant. */
export function completionScript(program: Command, shell: Shell): string {
  const all = completedOf(program, []);
  const name = program.name();
  switch (shell) {
    case 'bash':
      return bashScript(name, all);
    case 'zsh':
      return `#compdef ${name}\nautoload -U +X bashcompinit && bashcompinit\n${bashScript(name, all)}`;
    case 'fish':
      return fishScript(name, all);
  }
}

function completedOf(command: Command, words: readonly string[]): Completed[] {
  const options = command.options
    .filter(({ hidden, long }) => !hidden && long)
    .map(({ long, description }) => ({ name: long!, description }));
  const own = {
    ...{ words, description: command.description(), commands: command.commands.map((below) => below.name()) },
    options: [...options, { name: '--help', description: 'display help for command' }],
  };
  return [own, ...command.commands.flatMap((below) => completedOf(below, [...words, below.name()]))];
}

function bashScript(name: string, all: readonly Completed[]): string {
  const cases = all.map(({ words, commands, options }) => {
    const offered = [...commands, ...options.map((option) => option.name)].join(' ');
    return `    ${quoted(words.join(' '))}) offered=${quoted(offered)} ;;`;
  });
  const known = all.map(({ words }) => words.join(' ')).filter((words) => words !== '');
  return `_${name}() {
  local current="\${COMP_WORDS[COMP_CWORD]}" path='' offered='' word
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "\${path:+$path }$word" in
      ${known.map(quoted).join('|')}) path="\${path:+$path }$word" ;;
    esac
  done
  case "$path" in
${cases.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$offered" -- "$current"))
  if [[ \${#COMPREPLY[@]} -eq 0 ]]; then COMPREPLY=($(compgen -f -- "$current")); fi
}
complete -o filenames -F _${name} ${name}
`;
}

function fishScript(name: string, all: readonly Completed[]): string {
  const lines = all.flatMap(({ words, commands, options }) => {
    const isAt =
      words.length === 0
        ? '__fish_use_subcommand'
        : words.map((word) => `__fish_seen_subcommand_from ${word}`).join('; and ');
    const described = (word: string) =>
      all.find((one) => one.words.join(' ') === [...words, word].join(' '))?.description ?? '';
    return [
      ...commands.map((word) => `complete -c ${name} -n ${quoted(isAt)} -a ${word} -d ${quoted(described(word))}`),
      ...options.map(
        (option) =>
          `complete -c ${name} -n ${quoted(isAt)} -l ${option.name.slice(2)} -d ${quoted(option.description)}`,
      ),
    ];
  });
  return `${lines.join('\n')}\n`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
