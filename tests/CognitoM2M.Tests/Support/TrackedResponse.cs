using System.Net;

namespace CognitoM2M.Tests.Support;

/// <summary>A response that records whether it was disposed.</summary>
internal sealed class TrackedResponse(HttpStatusCode status) : HttpResponseMessage(status)
{
    private volatile bool _isDisposed;

    public bool IsDisposed => _isDisposed;

    protected override void Dispose(bool disposing)
    {
        _isDisposed = true;
        base.Dispose(disposing);
    }
}
