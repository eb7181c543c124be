import { ActionIcon, Menu } from '@mantine/core'
import {
  type Icon,
  IconDots,
  IconEyeOff,
  IconFlag,
  IconPencil,
  IconRestore,
  IconUsersPlus,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Feedback } from '@/api/gen/types.gen'
import { useMe } from '@/api/me'
import { may } from '@/api/permissions'
import { useFeedbackActs } from './useFeedbackActs'

/** What may be done beside reading and thanking. */
export function FeedbackMenu({ feedback }: { feedback: Feedback }) {
  const { t } = useTranslation()
  const isGiver = useMe().person.id === feedback.giver.id
  const { perform, open } = useFeedbackActs(feedback)
  const entries: { act: string; label: string; icon: Icon; run: () => unknown }[] = [
    { act: 'edit', label: t('common.edit'), icon: IconPencil, run: () => open('edit') },
    {
      act: 'change_visibility',
      label: t(isGiver ? 'feedback.share' : 'feedback.shareWidely'),
      icon: IconUsersPlus,
      run: () => open('visibility'),
    },
    { act: 'report', label: t('feedback.report'), icon: IconFlag, run: () => open('report') },
    { act: 'hide', label: t('feedback.hide'), icon: IconEyeOff, run: () => perform('hide') },
    {
      act: 'restore',
      label: t('feedback.restore'),
      icon: IconRestore,
      run: () => perform('restore'),
    },
  ]
  const allowed = entries.filter(({ act }) => may(feedback, act))
  if (allowed.length === 0) return null
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={30}
          className="no-print"
          aria-label={t('feedback.moreOn', { name: feedback.giver.name })}
        >
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {allowed.map(({ act, label, icon: Shape, run }) => (
          <Menu.Item key={act} leftSection={<Shape size={17} stroke={1.7} />} onClick={run}>
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
