import type {
  Feedback,
  FeedbackKind,
  FeedbackSettings,
  FeedbackVisibility,
  GoalRef,
  PersonRef,
} from '@/api/gen/types.gen'
import { joined, NO_PARTS, PARAGRAPH, PARTS, type Parts } from '../words'

/** What feedback speaks of, however it comes to be given. */
export interface SubjectFields {
  value_ids: string[]
  skills: string[]
  goal: GoalRef | null
}

export interface WordsFields extends Parts {
  text: string
  /** Written in parts, which become the paragraphs of the text. */
  structured: boolean
}

export interface GiveFields extends SubjectFields, WordsFields {
  kind: FeedbackKind
  receivers: PersonRef[]
  visibility: FeedbackVisibility
}

export type AnswerFields = Pick<GiveFields, 'kind' | 'value_ids'> & WordsFields

export const NO_WORDS: WordsFields = { ...NO_PARTS, text: '', structured: false }

const USUAL: Record<FeedbackKind, FeedbackVisibility> = { praise: 'public', advice: 'recipient' }

export const offered = (settings: FeedbackSettings, kind: FeedbackKind) =>
  settings[`${kind}_visibilities`]

/** What the organization means by nothing said; the same as the API takes. */
export function usual(settings: FeedbackSettings, kind: FeedbackKind): FeedbackVisibility {
  const choices = offered(settings, kind)
  return choices.includes(USUAL[kind]) ? USUAL[kind] : (choices[0] ?? USUAL[kind])
}

export function newFields(
  kind: FeedbackKind,
  settings: FeedbackSettings,
  receivers: PersonRef[],
): GiveFields {
  return {
    ...NO_WORDS,
    kind,
    receivers,
    visibility: usual(settings, kind),
    value_ids: [],
    skills: [],
    goal: null,
  }
}

export const textOf = (fields: WordsFields): string =>
  (fields.structured ? joined(fields) : fields.text).trim()

export interface Place {
  field: 'text' | keyof Parts
  offset: number
}

/** Where a place of the text stands in what was typed. */
export function placeIn(fields: WordsFields, at: number): Place {
  const written = fields.structured ? PARTS.filter((part) => fields[part].trim()) : []
  const before = (field: Place['field']) => fields[field].length - fields[field].trimStart().length
  let rest = at
  for (const field of written) {
    const { length } = fields[field].trim()
    if (rest <= length) return { field, offset: before(field) + rest }
    rest -= length + PARAGRAPH.length
  }
  return { field: 'text', offset: before('text') + rest }
}

function subjectBody({ value_ids, skills, goal }: SubjectFields) {
  return { value_ids, skills, goal_id: goal?.id ?? null }
}

export function giveBody(fields: GiveFields) {
  return {
    ...subjectBody(fields),
    receiver_ids: fields.receivers.map(({ id }) => id),
    kind: fields.kind,
    visibility: fields.visibility,
    text: textOf(fields),
  }
}

export type EditFields = SubjectFields & WordsFields

export function fieldsOf(feedback: Feedback): EditFields {
  return {
    ...NO_WORDS,
    text: feedback.text,
    value_ids: feedback.values.map(({ id }) => id),
    skills: feedback.skills,
    goal: feedback.goal,
  }
}

export const editBody = (fields: EditFields) => ({ ...subjectBody(fields), text: textOf(fields) })
