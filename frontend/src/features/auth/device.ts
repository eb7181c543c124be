export interface Device {
  kind: 'desktop' | 'phone' | 'script'
  /** "Firefox on Windows", or null where the header tells nothing. */
  name: string | null
}

const BROWSERS: [RegExp, string][] = [
  [/Edg\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/Firefox\//, 'Firefox'],
  [/Chrome\/|CriOS\//, 'Chrome'],
  [/Safari\//, 'Safari'],
]

const SYSTEMS: [RegExp, string][] = [
  [/iPhone|iPad/, 'iOS'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/Linux/, 'Linux'],
]

function first(table: [RegExp, string][], agent: string): string | undefined {
  return table.find(([pattern]) => pattern.test(agent))?.[1]
}

/** What a person would call the other end, from its `User-Agent`. */
export function deviceOf(agent: string | null): Device {
  if (!agent) return { kind: 'desktop', name: null }
  const browser = first(BROWSERS, agent)
  if (!browser) return { kind: 'script', name: agent.split(/[\s/]/)[0] ?? null }
  const system = first(SYSTEMS, agent)
  const kind = system === 'iOS' || system === 'Android' ? 'phone' : 'desktop'
  return { kind, name: system ? `${browser} · ${system}` : browser }
}
