import { Divider, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { PersonDetail } from '@/api/gen/types.gen'
import { PersonLine } from '@/components/PersonLine'
import classes from './ManagerLine.module.css'

/** From the top of the house down to this person. */
export function ManagerLine({ person }: { person: PersonDetail }) {
  const { t } = useTranslation()
  const fromTheTop = person.managers.toReversed()
  return (
    <>
      <ol className={classes.line}>
        {fromTheTop.map((manager, depth) => (
          <li key={manager.id} style={{ paddingLeft: depth * 18 }}>
            <PersonLine person={manager} size={32} />
          </li>
        ))}
        <li style={{ paddingLeft: fromTheTop.length * 18 }} aria-current="true">
          <PersonLine person={person} size={32} />
        </li>
      </ol>
      {person.managers.length === 0 && (
        <Text size="sm" c="dimmed" mt="sm">
          {t(person.all_reports > 0 ? 'person.topOfLine' : 'person.unassigned')}
        </Text>
      )}
      {person.dotted_managers.length > 0 && (
        <>
          <Divider my="md" label={t('person.dotted')} labelPosition="left" />
          <Stack gap="sm">
            {person.dotted_managers.map((manager) => (
              <PersonLine key={manager.id} person={manager} size={32} />
            ))}
          </Stack>
        </>
      )}
    </>
  )
}
