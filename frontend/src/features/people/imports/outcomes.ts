/** What may happen to a row, in the order in which a plan tells it. */
export const OUTCOMES = ['create', 'update', 'deactivate', 'unchanged', 'error'] as const
