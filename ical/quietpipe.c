/* See quietpipe.h. SIGPIPE goes to the writing thread, so blocking it there is enough. A signal that arrived meanwhile
 * is consumed before the mask is restored. */
#include "quietpipe.h"

#include <time.h>

static bool is_pending(void)
{
	sigset_t pending;
	sigemptyset(&pending);
	sigpending(&pending);
	return sigismember(&pending, SIGPIPE) == 1;
}

void quietpipe_begin(struct quietpipe *quiet)
{
	sigset_t only;
	sigemptyset(&only);
	sigaddset(&only, SIGPIPE);
	quiet->was_pending = is_pending();
	pthread_sigmask(SIG_BLOCK, &only, &quiet->before);
}

void quietpipe_end(struct quietpipe *quiet)
{
	if (!quiet->was_pending && is_pending()) {
		sigset_t only;
		sigemptyset(&only);
		sigaddset(&only, SIGPIPE);
		sigtimedwait(&only, NULL, &(struct timespec){0});
	}
	pthread_sigmask(SIG_SETMASK, &quiet->before, NULL);
}
