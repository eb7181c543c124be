import type { Feedback, FeedbackRequest, FeedbackSettings, PersonRef } from '@/api/gen/types.gen'
import { ME } from './fixtures'

export const BEN: PersonRef = { id: 'ben', name: 'Ben Okafor', job_title: 'Engineer' }
export const CHIARA: PersonRef = { id: 'chiara', name: 'Chiara Romano', job_title: 'Designer' }

const stored = {
  version: 2,
  created_at: '2026-11-20T08:00:00Z',
  updated_at: '2026-11-20T08:00:00Z',
}

export const received = (person: PersonRef) => ({
  person,
  thanked_at: null,
  acknowledged_at: null,
  goal: null,
})

/** Advice from Ben to whoever is signed in. */
export function feedback(change: Partial<Feedback> = {}): Feedback {
  return {
    ...stored,
    id: 'feedback',
    giver: BEN,
    receivers: [received(ME.person)],
    kind: 'advice',
    visibility: 'recipient',
    text: 'Begin with the aim.',
    values: [],
    skills: [],
    goal: null,
    given_on: '2026-11-20',
    request_id: null,
    reactions: [],
    comment_count: 0,
    edited_at: null,
    hidden_at: null,
    proposed_visibility: null,
    waits_for_you: false,
    permissions: [],
    ...change,
  }
}

/** Ben asks whoever is signed in. */
export function request(change: Partial<FeedbackRequest> = {}): FeedbackRequest {
  return {
    ...stored,
    id: 'request',
    requester: BEN,
    about: BEN,
    questions: ['What should I do more of?'],
    visibility: 'recipient',
    due_on: null,
    closed_at: null,
    respondents: [],
    waits_for_you: true,
    permissions: ['answer', 'decline'],
    ...change,
  }
}

export const SETTINGS: FeedbackSettings = {
  ...stored,
  id: 'org',
  praise_visibilities: ['public', 'recipient'],
  advice_visibilities: ['recipient', 'recipient_and_manager', 'manager'],
  new_managers_read_older: false,
  coach_off: [],
  permissions: [],
}
