import type { FeedbackVisibility, PersonRef } from '@/api/gen/types.gen'

export const ABOUT = ['me', 'report', 'colleague'] as const
export type About = (typeof ABOUT)[number]

export type RequestVisibility = Extract<
  FeedbackVisibility,
  'recipient' | 'recipient_and_manager' | 'requester'
>

export interface RequestFields {
  about: About
  /** The report or the colleague; nobody where it is about oneself. */
  person: PersonRef | null
  respondents: PersonRef[]
  questions: { key: string; text: string }[]
  visibility: RequestVisibility
  due_on: string
}

export const MOST_QUESTIONS = 5

/** Who may read the answers, by whom they are about; the same as the API takes. */
export const CHOICES: Record<About, RequestVisibility[]> = {
  me: ['recipient', 'recipient_and_manager'],
  report: ['recipient', 'recipient_and_manager', 'requester'],
  colleague: ['recipient'],
}

/** Keeps the choice where it is one, and takes the narrowest otherwise. */
export function choiceFor(about: About, visibility: RequestVisibility): RequestVisibility {
  return CHOICES[about].includes(visibility) ? visibility : 'recipient'
}

export function requestBody({ about, person, ...fields }: RequestFields) {
  return {
    about_id: about === 'me' ? null : (person?.id ?? null),
    respondent_ids: fields.respondents.map(({ id }) => id),
    questions: fields.questions.map(({ text }) => text.trim()).filter(Boolean),
    visibility: fields.visibility,
    due_on: fields.due_on || null,
  }
}
