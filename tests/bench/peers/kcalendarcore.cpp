// KCalendarCore for peers.py: prints the occurrences of a calendar in April 2026, in the office's time.
#include <KCalendarCore/ICalFormat>
#include <KCalendarCore/MemoryCalendar>
#include <KCalendarCore/OccurrenceIterator>
#include <QTextStream>
#include <QTimeZone>

int main(int, char **argv)
{
	const QTimeZone office("Europe/Stockholm");
	const QDateTime from(QDate(2026, 4, 1), QTime(0, 0), office), to(QDate(2026, 5, 1), QTime(0, 0), office);
	KCalendarCore::MemoryCalendar::Ptr calendar(new KCalendarCore::MemoryCalendar(office));
	KCalendarCore::ICalFormat format;
	QTextStream out(stdout);

	if (!format.load(calendar, QString::fromLocal8Bit(argv[1]))) {
		return 1;
	}
	for (KCalendarCore::OccurrenceIterator at(*calendar, from.addDays(-1), to); at.hasNext();) {
		at.next();
		const QDateTime start = at.occurrenceStartDate();
		const auto length = at.incidence()->dateTime(KCalendarCore::Incidence::RoleEnd).toSecsSinceEpoch() -
				    at.incidence()->dtStart().toSecsSinceEpoch();
		if (start < to && start.addSecs(length) > from) {
			out << at.incidence()->uid() << ' ' << start.toUTC().toString("yyyy-MM-ddTHH:mm:ssZ") << '\n';
		}
	}
	return 0;
}
