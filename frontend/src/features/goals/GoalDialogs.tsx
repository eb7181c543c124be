import type { GoalDetail } from '@/api/gen/types.gen'
import { may } from '@/api/permissions'
import { ProposeDrawer, RequestChangesDrawer } from './AgreementDrawers'
import { CarryOverDrawer } from './CarryOverDrawer'
import { CheckInDrawer } from './CheckInDrawer'
import { CancelGoalDrawer, CloseGoalDrawer } from './CloseGoalDrawer'
import { EditGoalDrawer, GoalDrawer } from './GoalDrawer'
import { KeyResultDrawer } from './KeyResultDrawer'
import type { GoalSearch } from './search'

interface GoalDialogsProps {
  goal: GoalDetail
  search: GoalSearch
  onSearch: (change: Partial<GoalSearch>) => void
}

/** The drawers of the goal's page, opened by its address as far as the API allows what they do. */
export function GoalDialogs({ goal, search, onSearch }: GoalDialogsProps) {
  const keyResult = goal.key_results.find(({ id }) => id === search.key_result)
  const closes = (name: keyof GoalSearch) => () => onSearch({ [name]: undefined })
  if (search.check_in && may(goal, 'check_in')) {
    const one = search.check_in === 'all' ? undefined : search.check_in
    return <CheckInDrawer goalId={goal.id} keyResultId={one} onClosed={closes('check_in')} />
  }
  if (search.key_result === 'new' && may(goal, 'add_key_result')) {
    return <KeyResultDrawer goal={goal} onClosed={closes('key_result')} />
  }
  if (keyResult && may(keyResult, 'edit')) {
    return <KeyResultDrawer goal={goal} keyResult={keyResult} onClosed={closes('key_result')} />
  }
  if (search.edit && may(goal, 'edit')) {
    return <EditGoalDrawer goalId={goal.id} onClosed={closes('edit')} />
  }
  if (search.under && may(goal, 'add_child')) {
    return <GoalDrawer cycleId={goal.cycle?.id} parentId={goal.id} onClosed={closes('under')} />
  }
  if (search.close && may(goal, 'close')) {
    return <CloseGoalDrawer goal={goal} onClosed={closes('close')} />
  }
  if (search.cancel && may(goal, 'cancel')) {
    return <CancelGoalDrawer goal={goal} onClosed={closes('cancel')} />
  }
  if (search.propose && may(goal, 'propose')) {
    return <ProposeDrawer goal={goal} onClosed={closes('propose')} />
  }
  if (search.request_changes && may(goal, 'request_changes')) {
    return <RequestChangesDrawer goal={goal} onClosed={closes('request_changes')} />
  }
  if (search.carry_over && may(goal, 'carry_over')) {
    return <CarryOverDrawer goal={goal} onClosed={closes('carry_over')} />
  }
  return null
}
