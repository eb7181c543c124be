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

const CHOICES: Record<About, RequestVisibility[]> = {
  me: ['recipient', 'recipient_and_manager'],
  report: ['recipient', 'recipient_and_manager', 'requester'],
  colleague: ['recipient'],
}

/** Who may read the answers: what the API takes of them, as far as advice is offered so here. */
export function choicesFor(about: About, offered: FeedbackVisibility[]): RequestVisibility[] {
  return CHOICES[about].filter((one) => one === 'requester' || offered.includes(one))
}

/** Keeps the choice where it is one, and takes the narrowest otherwise. */
export function choiceFor(
  about: About,
  visibility: RequestVisibility,
  offered: FeedbackVisibility[],
): RequestVisibility {
  const choices = choicesFor(about, offered)
  return choices.includes(visibility) ? visibility : (choices[0] ?? 'recipient')
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
