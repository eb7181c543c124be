import type { Feedback, PersonRef } from '@/api/gen/types.gen'

export const receiversOf = (feedback: Feedback): PersonRef[] =>
  feedback.receivers.map(({ person }) => person)

export const betweenOf = (feedback: Feedback) => ({
  giver: feedback.giver,
  receivers: receiversOf(feedback),
})
