using CognitoM2M.Provisioning.Resources.ResourceServers;

namespace CognitoM2M.Provisioning.Tests.Fakes;

/// <summary>The operations on resource servers.</summary>
internal static class FakeResourceServers
{
    public static void AddTo(FakeCognito cognito)
    {
        cognito.Answer(ResourceServerOperations.Create, request =>
        {
            var pool = cognito.FindPool(request.UserPoolId);
            if (pool.Servers.Any(server => server.Identifier == request.Identifier))
                throw new Refusal("InvalidParameterException", $"{request.Identifier} already exists in user pool.");
            if (pool.Servers.Count == 25)
                throw new Refusal("LimitExceededException", "Resource server limit exceeded.");
            pool.Servers.Add(new ResourceServer { Identifier = request.Identifier, Name = request.Name, Scopes = request.Scopes });
            return new(pool.Servers[^1]);
        });

        cognito.Answer(ResourceServerOperations.Describe, request => new(
            cognito.FindPool(request.UserPoolId).Servers.FirstOrDefault(server => server.Identifier == request.Identifier)
            ?? throw new Refusal("ResourceNotFoundException", $"Resource server {request.Identifier} does not exist.")));

        cognito.Answer(ResourceServerOperations.List, request =>
        {
            var (page, next) = cognito.TakePage(cognito.FindPool(request.UserPoolId).Servers, request.MaxResults, 50, request.NextToken);
            return new(page, next);
        });

        cognito.Answer(ResourceServerOperations.Update, request =>
        {
            var servers = cognito.FindPool(request.UserPoolId).Servers;
            var index = servers.FindIndex(server => server.Identifier == request.Identifier);
            servers[index] = new ResourceServer
            {
                Identifier = request.Identifier,
                Name = request.Name,
                Scopes = request.Scopes,
                OtherMembers = request.OtherMembers,
            };
            return new(servers[index]);
        });

        cognito.Answer(ResourceServerOperations.Delete, request =>
        {
            cognito.FindPool(request.UserPoolId).Servers.RemoveAll(server => server.Identifier == request.Identifier);
        });
    }
}
