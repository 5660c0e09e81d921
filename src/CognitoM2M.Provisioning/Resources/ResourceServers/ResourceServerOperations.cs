using CognitoM2M.Provisioning.Service;

namespace CognitoM2M.Provisioning.Resources.ResourceServers;

/// <summary>The operations on resource servers.</summary>
internal static class ResourceServerOperations
{
    /// <summary>Creates a resource server with its scopes. Identifiers are unique within a user pool.</summary>
    public static Operation<CreateResourceServerRequest, CreateResourceServerResponse> Create { get; } =
        new("CreateResourceServer", ResourceServerJson.Default.CreateResourceServerRequest, ResourceServerJson.Default.CreateResourceServerResponse)
        {
            IsChange = true,
            Result = answer => answer.ResourceServer,
            LimitReached = "The user pool has as many resource servers as its quota allows (25 by default).",
        };

    public static Operation<DescribeResourceServerRequest, DescribeResourceServerResponse> Describe { get; } =
        new("DescribeResourceServer", ResourceServerJson.Default.DescribeResourceServerRequest, ResourceServerJson.Default.DescribeResourceServerResponse)
        {
            Result = answer => answer.ResourceServer,
        };

    /// <summary>Lists the resource servers of a user pool with their scopes, at most 50 a page.</summary>
    public static Operation<ListResourceServersRequest, ListResourceServersResponse> List { get; } =
        new("ListResourceServers", ResourceServerJson.Default.ListResourceServersRequest, ResourceServerJson.Default.ListResourceServersResponse);

    /// <summary>Replaces the name and the whole list of scopes.</summary>
    public static Operation<UpdateResourceServerRequest, UpdateResourceServerResponse> Update { get; } =
        new("UpdateResourceServer", ResourceServerJson.Default.UpdateResourceServerRequest, ResourceServerJson.Default.UpdateResourceServerResponse)
        {
            IsChange = true,
            Result = answer => answer.ResourceServer,
        };

    public static Operation<DeleteResourceServerRequest, NoOutput> Delete { get; } =
        new("DeleteResourceServer", ResourceServerJson.Default.DeleteResourceServerRequest, output: null) { IsChange = true };
}
