import type { Need } from '@/api/gen/types.gen'

/** Where one does what is needed. */
export function targetOf(need: Need) {
  switch (need.resource) {
    case 'goals': {
      const isSaid = need.kind === 'goal_comments_new' || need.kind === 'goal_mentions_you'
      return {
        to: '/goals/$goalId',
        params: { goalId: need.id },
        hash: isSaid ? 'conversation' : undefined,
      } as const
    }
    case 'feedback':
      return {
        to: '/feedback/$feedbackId',
        params: { feedbackId: need.id },
        hash: need.kind === 'feedback_commented' ? 'comments' : undefined,
      } as const
    case 'feedback-requests':
      return { to: '/feedback', search: { tab: 'requests', answer: need.id } } as const
    default:
      if (need.kind !== 'import_to_review') return null
      return { to: '/admin/imports/$importId', params: { importId: need.id } } as const
  }
}
