using Microsoft.AspNetCore.SignalR;

namespace CognitoM2M.Neighbours.Tests.Support;

/// <summary>The SignalR hub of <see cref="OrdersApi"/>.</summary>
public sealed class OrdersHub : Hub
{
    public string Get(string id) => id;
}
