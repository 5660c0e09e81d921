using System.Net;
using CognitoM2M.Testing;

namespace CognitoM2M.UserSessions.Tests.Support;

/// <summary>Answers requests as a test says, and keeps their addresses and bodies.</summary>
internal sealed class StubHandler(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
{
    public StubHandler(string body, HttpStatusCode status = HttpStatusCode.OK)
        : this(_ => StubbedResponse.CreateJson(body, status))
    {
    }

    public List<string> Bodies { get; } = [];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Bodies.Add(await request.Content!.ReadAsStringAsync(cancellationToken));
        return answer(request);
    }

    /// <summary>Sessions that send through this handler.</summary>
    public CognitoUserSessions CreateSessions(Action<CognitoUserSessionsOptions>? change = null, TimeProvider? clock = null)
    {
        var options = new CognitoUserSessionsOptions
        {
            Region = "eu-west-1",
            Domain = "acme",
            ClientId = "1example23456789abcdefghij",
            CallbackUrls = ["https://app.example.com/callback"],
            StateKeys = [TestKeys.One],
            HttpMessageHandler = this,
        };
        change?.Invoke(options);
        return new CognitoUserSessions(options, clock ?? new ManualClock());
    }
}
