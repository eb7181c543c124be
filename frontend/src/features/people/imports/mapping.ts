import type { MappingDraft, MappingSuggestion } from '@/api/gen/types.gen'

export const PERSON_FIELDS = [
  'external_id',
  'name',
  'given_name',
  'family_name',
  'email',
  'job_title',
  'department',
  'location',
  'status',
  'hired_on',
  'left_on',
  'employment_type',
  'manager_name',
  'manager_external_id',
  'manager_email',
  'manager_id_hint',
] as const

type PersonField = (typeof PERSON_FIELDS)[number]
/** What a column becomes: a field of the person, a custom attribute, or nothing. */
export type Target = PersonField | 'attribute' | ''
export type StatusMeaning = NonNullable<MappingDraft['status_words']>[string]

export const STATUS_MEANINGS: StatusMeaning[] = ['active', 'on_leave', 'left']

/** The choices of the wizard's second step. */
export interface MappingFields {
  targets: Record<string, Target>
  mode: NonNullable<MappingDraft['mode']>
  name_format: NonNullable<MappingDraft['name_format']>
  date_formats: string[]
  status_words: Record<string, StatusMeaning>
  email_template: string
  /** In whole percent, as people say it. */
  max_deactivations: number
}

/** `RecruitmentSource`, "Cost Center" -> recruitment_source, cost_center */
export function attributeKey(column: string): string {
  const words = column
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^a-z\d]+/g, '_')
    .replace(/^[_\d]+|_+$/g, '')
  return words.slice(0, 63) || 'attribute'
}

function targetOf(column: MappingSuggestion['columns'][number]): Target {
  if (column.field === null) return ''
  if (column.field.startsWith('attributes.')) return 'attribute'
  return PERSON_FIELDS.find((field) => field === column.field) ?? ''
}

/** The wizard starts from what the API suggests. */
export function fieldsOfSuggestion({ columns, mapping }: MappingSuggestion): MappingFields {
  return {
    targets: Object.fromEntries(columns.map((column) => [column.name, targetOf(column)])),
    mode: mapping.mode ?? 'delta',
    name_format: mapping.name_format ?? 'first_last',
    date_formats: mapping.date_formats ?? [],
    status_words: mapping.status_words ?? {},
    email_template: mapping.email_template ?? '',
    max_deactivations: Math.round(Number(mapping.max_deactivations ?? '0.2') * 100),
  }
}

export function columnOf(fields: MappingFields, target: Target): string | undefined {
  return Object.keys(fields.targets).find((column) => fields.targets[column] === target)
}

/** Gives a column its meaning; a field belongs to one column, so that another lets go of it. */
export function assign(fields: MappingFields, column: string, target: Target): MappingFields {
  const targets = { ...fields.targets }
  const previous = target && target !== 'attribute' ? columnOf(fields, target) : undefined
  if (previous) targets[previous] = ''
  targets[column] = target
  return { ...fields, targets }
}

export type MappingGap = 'name' | 'identity' | 'managers' | 'dates'

/** What still stands in the way of a plan, as far as the page can tell. */
export function gapsOf(fields: MappingFields): MappingGap[] {
  const has = (target: PersonField) => columnOf(fields, target) !== undefined
  const gaps: MappingGap[] = []
  const parts = has('given_name') && has('family_name')
  if (has('name') ? has('given_name') || has('family_name') : !parts) gaps.push('name')
  if (!has('external_id') && !has('email')) gaps.push('identity')
  const ways: PersonField[] = ['manager_name', 'manager_external_id', 'manager_email']
  const isHintAlone = has('manager_id_hint') && !has('manager_name')
  if (ways.filter(has).length > 1 || isHintAlone) gaps.push('managers')
  if ((has('hired_on') || has('left_on')) && fields.date_formats.length === 0) gaps.push('dates')
  return gaps
}

/** The mapping as the API takes it. */
export function mappingOf(fields: MappingFields, suggested: MappingDraft): MappingDraft {
  const columns: Partial<Record<PersonField, string>> = {}
  const attributes: Record<string, string> = {}
  for (const [column, target] of Object.entries(fields.targets)) {
    if (target === 'attribute') {
      const known = Object.entries(suggested.attributes ?? {}).find(([, name]) => name === column)
      attributes[known?.[0] ?? attributeKey(column)] = column
    } else if (target) columns[target] = column
  }
  return {
    ...suggested,
    mode: fields.mode,
    columns,
    attributes,
    name_format: fields.name_format,
    date_formats: fields.date_formats,
    status_words: columns.status ? fields.status_words : {},
    email_template: fields.email_template.trim() || null,
    max_deactivations: String(fields.max_deactivations / 100),
  }
}
